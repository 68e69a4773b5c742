/* The service worker: keeps the shell and blank forms, and no page about anybody. The server writes
   CACHE (a name of this day and release) and SHELL above. */
/* global CACHE, SHELL */

const BLANK = { "/visits/new": "/offline/visit", "/wishes/new": "/offline/wish" };
const PATIENCE = 10_000;

self.addEventListener("install", (e) => {
  e.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(SHELL)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (e) => {
  const dropOld = async () => {
    for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
    await self.clients.claim();
  };
  e.waitUntil(dropOld());
});

self.addEventListener("fetch", (e) => {
  const url = new URL(e.request.url);
  if (e.request.method !== "GET" || url.origin !== location.origin) return;
  if (e.request.mode === "navigate") e.respondWith(page(e.request, url));
  else if (SHELL.includes(url.pathname + url.search))
    e.respondWith(caches.match(e.request).then((kept) => kept ?? fetch(e.request)));
});

/* A page from the network; without one the blank form it asks for, else what the phone keeps. */
async function page(request, url) {
  const blank = url.searchParams.has("household") && BLANK[url.pathname];
  const kept = await caches.match(blank || "/outbox", { ignoreSearch: true });
  const late = new Promise((_done, fail) => {
    if (kept && (blank || url.pathname === "/outbox")) setTimeout(fail, PATIENCE);
  });
  try {
    return await Promise.race([fetch(request), late]);
  } catch {
    return kept ?? Response.error();
  }
}
