/* Autosave of the minutes, box by box: keeps what is typed, never overwrites another writer. */
(() => {
  "use strict";
  const form = document.getElementById("minutes");
  if (!form) return;
  const boxes = [...form.querySelectorAll("textarea[data-autosave]")];
  const waiting = new Map();
  let leaving = false;

  const save = async (box, state) => {
    if (leaving || state.stopped) return;
    if (state.running) {
      state.again = true;
      return;
    }
    state.running = true;
    const item = box.dataset.item;
    const output = document.getElementById(`saved-${item}`);
    const body = new FormData();
    for (const name of ["csrfmiddlewaretoken", `edition-${item}`, `text-${item}`]) {
      body.set(name, form.elements[name].value);
    }
    try {
      const answer = await fetch(box.dataset.autosave, { method: "POST", body });
      const told = await answer.json();
      if (answer.status === 409) {
        state.stopped = true;
        const place = document.getElementById(`conflict-${item}`);
        place.textContent = told.conflict;
        place.hidden = false;
        output.textContent = "";
      } else if (answer.ok) {
        form.elements[`edition-${item}`].value = told.edition;
        output.textContent = told.saved;
        state.dirty = state.again;
        if (![...waiting.values()].some((each) => each.dirty)) {
          document.dispatchEvent(new CustomEvent("giaoban:saved"));
        }
      } else {
        throw new Error(String(answer.status));
      }
    } catch {
      output.textContent = box.dataset.failed;
      state.timer = setTimeout(() => save(box, state), 10000);
    }
    state.running = false;
    if (state.again) {
      state.again = false;
      save(box, state);
    }
  };

  for (const box of boxes) {
    const state = { timer: 0, running: false, again: false, stopped: false, dirty: false };
    waiting.set(box, state);
    box.addEventListener("input", () => {
      state.dirty = true;
      clearTimeout(state.timer);
      state.timer = setTimeout(() => save(box, state), 1200);
    });
  }
  form.addEventListener("submit", (event) => {
    leaving = true;
    if ([...waiting.values()].some((state) => state.running)) {
      event.preventDefault();
      const button = event.submitter;
      setTimeout(() => form.requestSubmit(button), 300);
    }
  });
})();
