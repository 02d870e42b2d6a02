/* A worker that removes itself and what an earlier one has kept, and shows the pages anew from the
   host. It stands at sw.js where no copy is wanted: under `make serve`, with `offline: false` in
   mkdocs.yml, and wherever a site stood that is gone (copy this file there). */
"use strict";

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const home = ":" + new URL(self.registration.scope).pathname + ":";
    for (const key of await caches.keys()) if (key.includes(home)) await caches.delete(key);
    await self.registration.unregister();
    for (const client of await self.clients.matchAll({ type: "window" })) await client.navigate(client.url);
  })());
});
