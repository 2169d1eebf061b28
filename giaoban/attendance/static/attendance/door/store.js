// What the device keeps: the list, who is inside, and the notes not sent yet. IndexedDB, one per door.

/** Opens the store of a door. */
export async function openStore(door) {
  const name = `giaoban-door-${door}`;
  const db = await new Promise(function (resolve, reject) {
    const asked = indexedDB.open(name, 1);
    asked.onupgradeneeded = function () {
      asked.result.createObjectStore("kept");
      asked.result.createObjectStore("queue", { keyPath: "nonce" });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  return new Store(db);
}

class Store {
  constructor(db) {
    this.db = db;
  }

  get(key) {
    return this.run("kept", "readonly", (kept) => kept.get(key));
  }

  set(key, value) {
    return this.run("kept", "readwrite", (kept) => kept.put(value, key));
  }

  /** The notes not sent yet, in the order of their time. */
  async queue() {
    const notes = await this.run("queue", "readonly", (queue) => queue.getAll());
    return notes.sort((one, other) => one.at.localeCompare(other.at));
  }

  add(note) {
    return this.run("queue", "readwrite", (queue) => queue.put(note));
  }

  async drop(nonces) {
    for (const nonce of nonces) await this.run("queue", "readwrite", (queue) => queue.delete(nonce));
  }

  /** Forget the names; notes not sent yet stay. */
  async forget() {
    for (const key of ["list", "state", "log"]) await this.run("kept", "readwrite", (kept) => kept.delete(key));
  }

  run(name, mode, act) {
    const store = this;
    return new Promise(function (resolve, reject) {
      const transaction = store.db.transaction(name, mode);
      const asked = act(transaction.objectStore(name));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  }
}
