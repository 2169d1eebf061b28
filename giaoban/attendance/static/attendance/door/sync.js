// Sends the notes and fetches what changed, by itself: at once, then every few seconds, and when the line is back.
const EVERY = 8000;
const PATIENCE = 10000;
const MOST = 200;

export class Sync {
  /** told(event): "state" after news, "line" when the line came or went, "closed" when the door is shut. */
  constructor(store, data, told) {
    Object.assign(this, { store, data, told, online: navigator.onLine, busy: null, again: false });
    addEventListener("online", () => this.now());
    addEventListener("offline", () => this.line(false));
    document.addEventListener("visibilitychange", () => document.hidden || this.now());
  }

  start() {
    this.now();
    setInterval(() => this.now(), EVERY);
  }

  /** One round; a round asked for during another follows it. */
  now() {
    if (this.busy) {
      this.again = true;
      return this.busy;
    }
    this.busy = this.round().finally(() => {
      this.busy = null;
      if (this.again) {
        this.again = false;
        this.now();
      }
    });
    return this.busy;
  }

  async round() {
    try {
      const more = await this.send();
      const state = await this.store.get("state");
      const list = await this.store.get("list");
      if (state && (!list || list.edition !== state.edition)) await this.fetchList();
      this.line(true);
      if (more) this.again = true;
    } catch (error) {
      if (error.message === "closed") {
        await this.store.forget();
        this.told("closed");
      } else {
        this.line(false);
      }
    }
    this.told("state");
  }

  async send() {
    const notes = await this.store.queue();
    const begun = Date.now();
    const batch = notes.slice(0, MOST);
    const answer = await this.ask(this.data.scans, {
      method: "POST", body: JSON.stringify({ scans: batch.map(sendable) }),
      headers: { "content-type": "application/json" },
    });
    if (answer.time) {
      await this.store.set("offset", Date.parse(answer.time) - (begun + Date.now()) / 2);
      await this.store.set("state", answer);
    }
    if (answer.refused.length) {
      await this.store.set("refused", ((await this.store.get("refused")) || 0) + answer.refused.length);
    }
    await this.store.drop([...Object.keys(answer.results), ...answer.refused]);
    if (!answer.open) throw new Error("closed");
    return notes.length > batch.length;
  }

  async fetchList() {
    await this.store.set("list", await this.ask(this.data.list, {}));
  }

  async ask(address, options) {
    const headers = { ...options.headers, accept: "application/json" };
    const answer = await fetch(address, { ...options, headers, signal: AbortSignal.timeout(PATIENCE) });
    if (answer.status === 410 || answer.status === 404) throw new Error("closed");
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  line(online) {
    if (online === this.online) return;
    this.online = online;
    this.told("line");
  }
}

/** 128 random bits, also where randomUUID is missing. */
export function nonce() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The name of this device, made once. */
export async function deviceOf(store) {
  const known = await store.get("device");
  if (known) return known;
  const made = nonce();
  await store.set("device", made);
  return made;
}

// What only this device needs to know of a note stays here.
function sendable({ name, unit, ...note }) {
  return note;
}
