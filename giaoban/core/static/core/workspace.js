// Comfort only: every page works without it. No inline code, no eval.
(function () {
  "use strict";

  // Menus made of <details> close on Escape and on a click elsewhere.
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details[data-menu][open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details[data-menu][open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  // Forms marked data-unsaved ask before the page is left with changes.
  var changed = false;
  document.addEventListener("input", function (event) {
    if (event.target.closest("form[data-unsaved]")) changed = true;
  });
  document.addEventListener("submit", function () { changed = false; });
  document.addEventListener("giaoban:saved", function () { changed = false; });
  window.addEventListener("beforeunload", function (event) {
    if (changed) event.preventDefault();
  });

  // A form marked data-once is sent once, however often the button is pressed.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.hasAttribute("data-once")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-once]").forEach(function (form) { delete form.dataset.sent; });
  });

  // Mistakes are read first (on a whole page the autofocus attribute does it).
  function showMistakes() {
    var summary = document.querySelector(".error-summary");
    if (summary) summary.focus();
  }
  // ... unless the address names a place in the page.
  if (location.hash) window.addEventListener("load", showMistakes);
  document.addEventListener("htmx:afterSettle", function (event) {
    if (event.target.querySelector && event.target.querySelector(".error-summary")) showMistakes();
  });

  // A request that failed says so, in words the page already carries.
  document.addEventListener("htmx:responseError", function (event) {
    tell(event.detail.xhr);
  });
  document.addEventListener("htmx:sendError", function () { tell(null); });
  function tell(answer) {
    var box = document.getElementById("messages");
    if (!box) return;
    var note = document.createElement("div");
    note.className = "notice notice-error";
    note.setAttribute("role", "alert");
    note.textContent = sentence(answer) || box.dataset.failed || "";
    box.replaceChildren(note);
    note.scrollIntoView({ block: "nearest" });
  }
  function sentence(answer) {
    if (!answer || !answer.responseText) return "";
    var page = new DOMParser().parseFromString(answer.responseText, "text/html");
    var found = page.querySelector(".notice-error");
    return found ? found.textContent.trim() : "";
  }
})();
