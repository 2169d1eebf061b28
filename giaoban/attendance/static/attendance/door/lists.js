// What the page shows besides the panel: people found, heads by unit, what was noted last, conflicts.
import { shownCode } from "./badge.js";
import { clock, line, say } from "./panel.js";

const MOST_FOUND = 12;

/** Without marks and capitals, đ as d: "Đặng" is found by "dang". */
export function fold(text) {
  return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/đ/g, "d");
}

/** People whose name or unit holds every word. */
export function matching(people, text) {
  const asked = fold(text).split(/\s+/).filter(Boolean);
  if (!asked.length) return [];
  return people.filter(function (one) {
    const known = fold(`${one.name} ${one.unit}`);
    return asked.every((word) => known.includes(word));
  });
}

/** The people found, each with its buttons. acts: {record(person), instead(person)}. */
export function showFound(box, people, inside, asked, acts) {
  const rows = people.slice(0, MOST_FOUND).map(function (one) {
    const row = document.createElement("li");
    const who = line("door-who", "", "div");
    who.append(line("door-name", one.name, "strong", true), line("door-unit", one.unit, "span", true));
    if (inside.has(one.key)) who.append(line("state state-good", say("inside"), "span"));
    if (one.replaced_by) who.append(line("door-unit", say("replaced", { name: one.name, other: one.replaced_by }), "span", true));
    row.append(who, button("btn btn-primary", say("record"), one.name, () => acts.record(one)));
    if (one.code) row.append(button("btn", say("instead"), one.name, () => acts.instead(one)));
    return row;
  });
  if (!rows.length && asked) rows.push(line("", say("nobody"), "li"));
  if (people.length > MOST_FOUND) rows.push(line("", say("more", { count: people.length - MOST_FOUND }), "li"));
  box.replaceChildren(...rows);
}

function button(css, text, name, act) {
  const made = line(css, text, "button");
  made.type = "button";
  const whom = line("visually-hidden", ` ${name}`, "span", true);
  made.append(whom);
  made.addEventListener("click", act);
  return made;
}

/** Heads by unit: inside now, and invited. */
export function showHeads(box, people, inside) {
  const units = new Map();
  for (const one of people) {
    const unit = one.unit || say("noUnit");
    const heads = units.get(unit) || { inside: 0, invited: 0 };
    heads.inside += inside.has(one.key);
    heads.invited += Boolean(one.invited);
    units.set(unit, heads);
  }
  const sum = { inside: 0, invited: 0 };
  const rows = [...units].map(function ([unit, heads]) {
    sum.inside += heads.inside;
    sum.invited += heads.invited;
    return head(unit, heads);
  });
  const last = head(say("total"), sum);
  last.className = "total";
  box.replaceChildren(...rows, last);
  return sum;
}

function head(name, heads) {
  const row = document.createElement("tr");
  const unit = line("", name, "th", true);
  unit.scope = "row";
  row.append(unit, line("number", heads.inside, "td"), line("number", heads.invited, "td"));
  return row;
}

/** What this device noted last; a mark stands at what is not sent yet. */
export function showLog(box, log, waiting) {
  if (!log.length) {
    box.replaceChildren(line("", say("nothingNoted"), "li"));
    return;
  }
  box.replaceChildren(
    ...log.map(function (note) {
      const row = document.createElement("li");
      row.append(line("door-time", clock(note.at), "span"), line("door-name", note.name, "strong", true));
      row.append(line("", say(note.way === "in" ? "entry" : "exit"), "span"));
      if (waiting.has(note.nonce)) row.append(line("state state-wait", say("waitingMark"), "span"));
      return row;
    }),
  );
}

export function showConflicts(box, conflicts) {
  if (!conflicts.length) {
    box.replaceChildren(line("", say("noConflicts"), "li"));
    return;
  }
  box.replaceChildren(
    ...conflicts.map(function (one) {
      const row = document.createElement("li");
      const name = /^[0-9A-Z]{8}$/.test(one.name) ? shownCode(one.name) : one.name;
      row.append(line("door-time", clock(one.time), "span"), line("door-name", name, "strong", true));
      row.append(line("", [one.sentence, one.why].filter(Boolean).join(" "), "span"));
      return row;
    }),
  );
}
