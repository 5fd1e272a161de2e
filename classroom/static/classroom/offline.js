// Lets the browser show a page of ours where nothing answers (offline-worker.js). Where the site has that turned off, what
// an earlier visit left of it goes.
"use strict";

(() => {
  const { version } = document.currentScript.dataset;
  const workers = navigator.serviceWorker;
  if (!workers) return;
  // After the page itself: the worker fetches its own page and style.
  window.addEventListener("load", async () => {
    try {
      if (version) {
        await workers.register(`/offline-worker.js?version=${version}`, { updateViaCache: "all" });
        return;
      }
      for (const worker of await workers.getRegistrations()) await worker.unregister();
      for (const name of await caches.keys()) if (name.startsWith("offline-page:")) await caches.delete(name);
    } catch { /* the browser's own page is shown instead */ }
  });
})();
