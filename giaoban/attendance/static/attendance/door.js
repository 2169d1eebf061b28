// The door: checks badges, notes who enters and leaves, and works on when the line breaks.
import { canCheck, cleanCode, judge } from "./door/badge.js";
import { watch } from "./door/camera.js";
import { matching, showConflicts, showFound, showHeads, showLog } from "./door/lists.js";
import { answer, clock, line, say, setWords } from "./door/panel.js";
import { openStore } from "./door/store.js";
import { Sync, deviceOf, nonce } from "./door/sync.js";

const data = JSON.parse(document.getElementById("door-data").textContent);
setWords(data.words);
const at = (id) => document.getElementById(id);
/** A badge held before the camera is taken once in this time (ms). */
const SAME = 6000;
const MOST_LOG = 20;

let store, sync, device, list, people = [], inside = new Map(), offset = 0, instead = null, endCamera = null;
let seen = { text: "", when: 0 };

begin();

async function begin() {
  store = await openStore(data.door);
  device = await deviceOf(store);
  sync = new Sync(store, data, hear);
  await show();
  listen();
  sync.start();
  keepPage();
}

// ---- what is known

async function load() {
  list = await store.get("list");
  offset = (await store.get("offset")) || 0;
  const state = (await store.get("state")) || { inside: {}, conflicts: [] };
  const queue = await store.queue();
  people = (list ? list.people : []).map((one) => ({ ...one, key: one.code }));
  for (const note of queue.filter((one) => one.newcomer && one.way === "in")) {
    const { id } = note.newcomer;
    if (!people.some((one) => one.key === id)) people.push({ key: id, code: "", former: [], name: note.name, unit: note.unit, newcomer: note.newcomer });
  }
  inside = new Map(Object.entries(state.inside));
  for (const note of queue) {
    const key = note.newcomer ? note.newcomer.id : note.code;
    if (note.way === "in") inside.set(key, inside.get(key) || note.at);
    else inside.delete(key);
  }
  return { state, queue };
}

async function show() {
  const { state, queue } = await load();
  at("line-state").textContent = say(sync.online ? "online" : "offline");
  at("line-state").className = `state state-${sync.online ? "good" : "warn"}`;
  at("waiting").textContent = queue.length ? say("waiting", { count: queue.length }) : say("nothingWaiting");
  at("waiting").dataset.count = queue.length;
  const sum = showHeads(at("heads"), people, inside);
  at("inside-now").textContent = `${sum.inside} / ${sum.invited}`;
  showLog(at("log"), (await store.get("log")) || [], new Set(queue.map((one) => one.nonce)));
  showConflicts(at("conflicts"), state.conflicts);
  at("conflict-count").textContent = state.conflicts.length;
  showUnits();
  search();
  const refused = await store.get("refused");
  at("not-kept").hidden = !refused;
  if (refused) at("not-kept").textContent = say("notKept", { count: refused });
}

function hear(event) {
  if (event === "closed") {
    at("door").hidden = true;
    at("closed").hidden = false;
    if (endCamera) endCamera();
    if (window.caches) caches.delete("giaoban-door-pages");
  }
  show();
}

const now = () => Date.now() + offset;
const way = () => document.querySelector("input[name=way]:checked").value;

// ---- noting

async function badgeSeen(text) {
  if (text === seen.text && Date.now() - seen.when < SAME) return;
  seen = { text, when: Date.now() };
  if (!list) return;
  const { verdict, code } = await judge(text, list, now());
  if (verdict && verdict !== "unchecked") {
    answer("bad", say(verdict));
    return;
  }
  const person = known(code);
  if (person) await note(person, { how: "qr", payload: text }, verdict === "unchecked" ? say("unchecked") : "");
}

async function codeTyped(text) {
  const code = cleanCode(text);
  if (!code) {
    answer("bad", say("notCode"));
    return;
  }
  const person = known(code);
  if (person) await note(person, { how: "hand", reason: at("code-reason").value });
}

/** The person with a code; says why if there is none to let in. */
function known(code) {
  const person = people.find((one) => one.code === code);
  if (!person) {
    answer("bad", say(people.some((one) => one.former.includes(code)) ? "void" : "unknown"));
  } else if (person.replaced_by && way() === "in") {
    answer("warn", say("replaced", { name: person.name, other: person.replaced_by }));
  } else if (person.withdrawn && way() === "in") {
    answer("bad", say("withdrawn", { name: person.name }));
  } else {
    return person;
  }
  return null;
}

async function note(person, facts, more = "") {
  const direction = way();
  if (direction === "in" && inside.has(person.key)) {
    answer("warn", say("already", { name: person.name, time: clock(inside.get(person.key)) }));
    return;
  }
  if (direction === "out" && !inside.has(person.key)) {
    answer("warn", say("notInside", { name: person.name }));
    return;
  }
  const newcomer = person.newcomer ? { newcomer: person.newcomer } : {};
  const made = {
    nonce: nonce(), device, way: direction, at: new Date(now()).toISOString(), code: person.code, ...facts, ...newcomer,
    name: person.name, unit: person.unit,
  };
  await store.add(made);
  const log = [{ nonce: made.nonce, way: direction, at: made.at, name: person.name }, ...((await store.get("log")) || [])];
  await store.set("log", log.slice(0, MOST_LOG));
  const early = list && now() < Date.parse(list.opens_at) ? say("early") : "";
  answer("good", say(direction === "in" ? "entered" : "left", { name: person.name }), [person.unit, early, more].filter(Boolean).join(" · "));
  await show();
  sync.now();
}

async function newcomerWritten() {
  const name = at("new-name").value.trim();
  if (!name) {
    answer("bad", say("noName"));
    at("new-name").focus();
    return;
  }
  const chosen = at("new-unit").selectedOptions[0];
  const unit = chosen && chosen.value ? chosen.textContent : at("new-unit-other").value.trim();
  const id = nonce();
  const newcomer = {
    id, name, title: at("new-title").value.trim(), unit: (chosen && chosen.value) || at("new-unit-other").value.trim(),
    instead_of: instead ? instead.code : "",
  };
  document.querySelector("input[name=way][value=in]").checked = true;
  const reason = instead ? "replaced" : "walk-in";
  await note({ key: id, code: "", name, unit: instead ? instead.unit : unit, newcomer }, { how: "walk-in", reason });
  at("newcomer").reset();
  askNewcomer(null, false);
}

// ---- the page

function listen() {
  at("by-code").addEventListener("submit", function (event) {
    event.preventDefault();
    codeTyped(at("code").value).then(() => at("code").select());
  });
  at("search").addEventListener("input", search);
  at("by-name").addEventListener("submit", (event) => event.preventDefault());
  at("not-listed").addEventListener("click", () => askNewcomer(null, true));
  at("new-cancel").addEventListener("click", () => askNewcomer(null, false));
  at("newcomer").addEventListener("submit", function (event) {
    event.preventDefault();
    newcomerWritten();
  });
  at("camera").addEventListener("click", toggleCamera);
}

function search() {
  const asked = at("search").value;
  showFound(at("found"), matching(people, asked), inside, asked.trim(), {
    record: (person) => note(person, { how: person.newcomer ? "walk-in" : "search", reason: at("code-reason").value }),
    instead: (person) => askNewcomer(person, true),
  });
}

function askNewcomer(person, open) {
  instead = person;
  at("newcomer").hidden = !open;
  at("new-what").replaceChildren(line("", person ? say("inPlaceOf", { name: person.name }) : say("notListed"), "span", Boolean(person)));
  for (const id of ["new-unit-field", "new-other-field"]) at(id).hidden = Boolean(person);
  if (open) at("new-name").focus();
}

function showUnits() {
  const box = at("new-unit");
  const units = list ? list.units : [];
  if (box.options.length === units.length + 1) return;
  const first = box.options[0];
  box.replaceChildren(first, ...units.map(function (unit) {
    const option = line("", unit.name, "option", true);
    option.value = unit.code;
    return option;
  }));
}

async function toggleCamera() {
  const open = Boolean(endCamera);
  if (open) {
    endCamera();
    endCamera = null;
  } else {
    try {
      at("video").hidden = false;
      endCamera = await watch(at("video"), data.decoder, badgeSeen);
      answer("plain", say("looking"));
    } catch (error) {
      answer("bad", say("noCamera"));
    }
  }
  at("video").hidden = !endCamera;
  at("camera").setAttribute("aria-pressed", String(Boolean(endCamera)));
}

// ---- working without a line

async function keepPage() {
  const ready = at("ready");
  if (!navigator.serviceWorker || !canCheck()) {
    ready.textContent = say("insecure");
    return;
  }
  ready.textContent = say("notReady");
  try {
    await navigator.serviceWorker.register(data.worker, { scope: new URL(data.worker, location).pathname.replace(/[^/]*$/, "") });
    await navigator.serviceWorker.ready;
    const pages = await caches.open("giaoban-door-pages");
    await pages.add(new Request(location.pathname, { cache: "reload" }));
    if (navigator.storage && navigator.storage.persist) navigator.storage.persist();
    ready.textContent = say("ready");
    ready.dataset.ready = "yes";
  } catch (error) {
    ready.textContent = say("notReady");
  }
}
