/* Written in the hall with the keyboard alone: Ctrl+Enter keeps, Alt+Shift+A accepts the first proposal. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-hall]");
  if (form && location.hash === "#write") {
    const first = form.querySelector("textarea");
    if (first && !document.querySelector(".error-summary")) first.focus();
  }
  document.addEventListener("keydown", (event) => {
    if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey) && form.contains(event.target)) {
      event.preventDefault();
      form.requestSubmit();
    }
    if (event.altKey && event.shiftKey && event.code === "KeyA") {
      const button = document.querySelector(".conclusion-tools .btn-success");
      if (button) {
        event.preventDefault();
        button.click();
      }
    }
  });
})();
