// Comfort only: a search over the list of indicators; a found unit that is ticked stays. The page works without it.
(function () {
  "use strict";

  function folded(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/đ/g, "d");
  }

  function narrow(box, list) {
    var words = folded(box.value).split(/\s+/).filter(Boolean);
    list.querySelectorAll("[data-words]").forEach(function (entry) {
      entry.hidden = !words.every(function (word) { return entry.dataset.words.includes(word); });
    });
  }

  document.addEventListener("change", function (event) {
    var label = event.target.closest("#found .pick");
    var chosen = document.getElementById("chosen");
    if (!label || !chosen || !event.target.checked) return;
    chosen.append(label);
    event.target.focus();
    var search = document.getElementById("id_unit");
    if (search) search.value = "";
  });

  document.querySelectorAll("input[data-filters]").forEach(function (box) {
    var list = document.getElementById(box.dataset.filters);
    if (!list) return;
    box.hidden = false;
    if (box.labels.length) box.labels[0].hidden = false;
    box.addEventListener("input", function () { narrow(box, list); });
    box.addEventListener("keydown", function (event) {
      if (event.key === "Enter") event.preventDefault();
    });
  });
})();
