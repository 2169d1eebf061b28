// Words, and the panel that answers each scan.
let words = {};

export function setWords(given) {
  words = given;
}

/** The sentence of a name with its gaps filled. */
export function say(name, gaps = {}) {
  return (words[name] || name).replace(/\{(\w+)\}/g, (whole, gap) => gaps[gap] ?? whole);
}

export const clock = (at) => new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });

/** tone: good, warn, bad. Heard by screen readers; a phone shakes. */
export function answer(tone, sentence, more = "") {
  const panel = document.getElementById("answer");
  panel.className = `door-answer door-${tone}`;
  panel.replaceChildren(line("door-sentence", sentence), ...(more ? [line("door-more", more)] : []));
  if (navigator.vibrate) navigator.vibrate(tone === "good" ? 80 : [120, 80, 120]);
}

/** An element with a class and text. Names of people are words of the units. */
export function line(css, text, tag = "p", ofUnits = false) {
  const made = document.createElement(tag);
  if (css) made.className = css;
  made.textContent = text;
  if (ofUnits) made.dataset.wordsOfUnits = "";
  return made;
}
