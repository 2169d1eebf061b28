// Wagtail's templates start their parts with inline scripts, which our policy refuses. Ours name the part
// and its options in data; it is started from here, also where a row is added later.
const STARTS = {
  "inline-panel": (id, given) => new window.InlinePanel(given),
  "chooser-panel": (id, given) => new window.MultipleChooserPanel(given),
  "date": (id, given) => window.initDateChooser(id, given),
  "time": (id, given) => window.initTimeChooser(id, given),
  "datetime": (id, given) => window.initDateTimeChooser(id, given),
  "ImageChooser": (id, given) => new window.ImageChooser(id, given),
  "PageChooser": (id, given) => new window.PageChooser(id, given),
  "DocumentChooser": (id, given) => new window.DocumentChooser(id, given),
  "Chooser": (id, given) => new window.Chooser(id, given),
};

function start(within) {
  for (const place of within.querySelectorAll("[data-starts]")) {
    const begin = STARTS[place.dataset.starts];
    delete place.dataset.starts;
    place.removeAttribute("data-starts");
    if (begin) begin(place.dataset.for, JSON.parse(place.dataset.with));
  }
}

document.addEventListener("DOMContentLoaded", () => {
  start(document);
  new MutationObserver((changes) => {
    for (const change of changes) for (const node of change.addedNodes) if (node.querySelectorAll) start(node.parentNode || node);
  }).observe(document.body, { childList: true, subtree: true });
});
