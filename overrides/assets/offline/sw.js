// The whole site, kept by the browser after one visit. Written by hand, filled in by the build:
// RELEASE names this release, FILES maps each path to its hash, PREFIX parts our caches from
// those of other sites on the same origin.
"use strict";
const RELEASE = "%RELEASE%";
const PREFIX = "%PREFIX%" + new URL(self.registration.scope).pathname + ":";
const FILES = %FILES%;
const CACHE = PREFIX + RELEASE;

const keys = async () => (await caches.keys()).filter((key) => key.startsWith(PREFIX));

// A file that an older release holds under the same hash need not travel again.
async function held(path, hash) {
  for (const key of await keys()) {
    const known = await (await caches.open(key)).match(path);
    if (known && known.headers.get("x-integrity") === hash) return known;
  }
  return null;
}

async function fetched(path, hash) {
  const answer = await fetch(path, { cache: "no-cache", integrity: hash, credentials: "same-origin" });
  if (!answer.ok) throw new Error(path + ": " + answer.status);
  const headers = new Headers(answer.headers);
  headers.set("x-integrity", hash);
  return new Response(await answer.blob(), { status: 200, headers });
}

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    const queue = Object.entries(FILES);
    const worker = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const [path, hash] = next;
        const there = await cache.match(path);
        if (there && there.headers.get("x-integrity") === hash) continue;
        await cache.put(path, (await held(path, hash)) || (await fetched(path, hash)));
      }
    };
    // Four at a time: a phone on a slow line still reads the page that it opened.
    await Promise.all([worker(), worker(), worker(), worker()]);
  })());
});

// Only a whole release gets here. Until every tab of the old one is closed, the old one serves.
self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const key of await keys()) if (key !== CACHE) await caches.delete(key);
    await self.clients.claim();
  })());
});

self.addEventListener("message", (event) => {
  if (event.data === "switch") self.skipWaiting();
  if (event.data === "release" && event.source) event.source.postMessage({ release: RELEASE });
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const scope = new URL(self.registration.scope);
  if (event.request.method !== "GET" || url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return;
  event.respondWith((async () => {
    let path = decodeURIComponent(url.pathname.slice(scope.pathname.length));
    if (path === "" || path.endsWith("/")) path += "index.html";
    const cache = await caches.open(CACHE);
    const known = path in FILES && (await cache.match(path));
    if (known) return known;
    if (path in FILES === false && event.request.mode === "navigate") {
      try {
        const answer = await fetch(event.request);
        if (answer.ok) return answer;
      } catch (offline) { /* the page for gaps answers below */ }
      return (await cache.match("404.html")) || Response.error();
    }
    return fetch(event.request);
  })());
});
