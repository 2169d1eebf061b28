// Answers in the place of the server when there is no line. KEPT (version and addresses) stands above.
"use strict";

const FILES = "giaoban-door-files-" + KEPT.version;
const PAGES = "giaoban-door-pages";
const PATIENCE = 4000;

self.addEventListener("install", function (event) {
  event.waitUntil(keep().then(() => self.skipWaiting()));
});

self.addEventListener("activate", function (event) {
  event.waitUntil(forgetOld().then(() => self.clients.claim()));
});

self.addEventListener("fetch", function (event) {
  const request = event.request;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (KEPT.assets.includes(address.pathname)) event.respondWith(file(request, address.pathname));
});

async function keep() {
  const files = await caches.open(FILES);
  await files.addAll(KEPT.assets.map((path) => new Request(path, { cache: "reload" })));
}

async function forgetOld() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("giaoban-door-files-") && name !== FILES);
  await Promise.all(old.map((name) => caches.delete(name)));
}

// Files are those of one version, never mixed.
async function file(request, path) {
  const files = await caches.open(FILES);
  return (await files.match(path)) || fetch(request);
}

// The newest page if the line carries it in time, else the one kept.
async function page(request) {
  const pages = await caches.open(PAGES);
  const kept = await pages.match(request, { ignoreSearch: true, ignoreVary: true });
  try {
    const answer = await fetch(request, kept ? { signal: AbortSignal.timeout(PATIENCE) } : {});
    if (answer.ok) await pages.put(request, answer.clone());
    else if (answer.status === 410) await pages.delete(request, { ignoreVary: true });
    return answer;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}
