/* A worker that removes itself and what an earlier one has kept, and shows the pages anew from the
   host. It stands at sw.js where no copy is wanted: under `make serve`, with `offline: false` in
   mkdocs.yml, and wherever a site stood that is gone (copy this file there). */
"use strict";

{
  const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

  // Chromium puts a takeover off by half a minute if the old worker was busy a moment ago: ask again.
  /** @type {number | undefined} */
  let asking;
  worker.addEventListener("install", () => {
    worker.skipWaiting();
    asking = setInterval(() => worker.skipWaiting(), 1000);
  });

  worker.addEventListener("activate", (event) => {
    clearInterval(asking);
    event.waitUntil(
      (async () => {
        await worker.registration.unregister();
        for (const client of await worker.clients.matchAll({ type: "window" }))
          await client.navigate(client.url).catch(() => {});
        const home = ":" + new URL(worker.registration.scope).pathname + ":";
        for (const key of await caches.keys()) if (key.includes(home)) await caches.delete(key);
      })(),
    );
  });
}
