/* Autosave of the report form: keeps what is typed, tells what could not be read, never overwrites. */
(() => {
  "use strict";
  const form = document.getElementById("fill");
  if (!form) return;
  const output = document.getElementById("saved");
  let timer = 0;
  let running = false;
  let again = false;
  let stopped = false;

  const show = (errors) => {
    for (const box of form.querySelectorAll("[data-cell]")) {
      const sentence = errors[box.dataset.cell] || "";
      const place = document.getElementById(`e-${box.dataset.cell}`);
      if (place) {
        place.textContent = sentence;
        place.hidden = !sentence;
      }
      box.classList.toggle("field-wrong", Boolean(sentence));
    }
  };

  const save = async () => {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form) });
      const told = await answer.json();
      if (answer.status === 409) {
        stopped = true;
        output.textContent = told.conflict;
        output.className = "late";
      } else if (answer.ok) {
        form.elements.edition.value = told.edition;
        output.textContent = told.saved;
        show(told.errors);
        document.dispatchEvent(new CustomEvent("giaoban:saved"));
      } else {
        throw new Error(String(answer.status));
      }
    } catch {
      output.textContent = output.dataset.failed;
      timer = setTimeout(save, 10000);
    }
    running = false;
    if (again) {
      again = false;
      save();
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 1500);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    stopped = true;
    if (running) {
      event.preventDefault();
      const button = event.submitter;
      setTimeout(() => {
        stopped = true;
        form.requestSubmit(button);
      }, 300);
    }
  });
})();
