/* Dragging a card to a column asks what its button asks; nothing is changed by the drop alone. */
(() => {
  "use strict";
  const board = document.querySelector("[data-board]");
  if (!board) return;
  let steps = null;
  const columns = () => board.querySelectorAll("[data-state]");
  const addressFor = (column) => steps && steps[column.dataset.state];

  for (const card of board.querySelectorAll("[data-card]")) {
    const links = card.querySelectorAll("a[data-to]");
    if (!links.length) continue;
    card.draggable = true;
    card.addEventListener("dragstart", (event) => {
      steps = {};
      for (const link of links) steps[link.dataset.to] = link.href;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", card.id);
      for (const column of columns()) column.classList.toggle("is-open", Boolean(addressFor(column)));
    });
    card.addEventListener("dragend", () => {
      steps = null;
      for (const column of columns()) column.classList.remove("is-open");
    });
  }
  for (const column of columns()) {
    column.addEventListener("dragover", (event) => {
      if (addressFor(column)) event.preventDefault();
    });
    column.addEventListener("drop", (event) => {
      const address = addressFor(column);
      if (!address) return;
      event.preventDefault();
      window.location.assign(address);
    });
  }
})();
