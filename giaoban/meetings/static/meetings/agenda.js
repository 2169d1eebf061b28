/* Items of the agenda can be dragged; the buttons do the same. */
(() => {
  "use strict";
  const list = document.querySelector("[data-arrange]");
  const form = list && document.getElementById(list.dataset.arrange);
  if (!form) return;
  let dragged = null;

  const unmark = () => list.querySelectorAll(".is-target").forEach((each) => each.classList.remove("is-target"));
  for (const item of list.children) item.draggable = true;

  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-item]");
    if (!dragged) return;
    dragged.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.item);
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-item]");
    if (!dragged || !over) return;
    event.preventDefault();
    unmark();
    over.classList.add("is-target");
  });
  list.addEventListener("drop", (event) => {
    const over = event.target.closest("[data-item]");
    if (!dragged || !over || over === dragged) return;
    event.preventDefault();
    const rows = [...list.children];
    list.insertBefore(dragged, rows.indexOf(dragged) < rows.indexOf(over) ? over.nextSibling : over);
    form.elements.order.value = [...list.children].map((each) => each.dataset.item).join(",");
    form.submit();
  });
  list.addEventListener("dragend", () => {
    unmark();
    if (dragged) dragged.classList.remove("is-dragged");
    dragged = null;
  });
})();
