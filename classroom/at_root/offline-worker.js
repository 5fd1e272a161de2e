// Shows a page of ours where the browser would show its own because nothing answers. That page and its style are all that
// it keeps: no page of anybody's, since tablets go from hand to hand. Forms and saves pass by it untouched; answers that a
// quiz could not send are the quiz's own to keep (answers-kept.js).
"use strict";

const PREFIX = "offline-page:";
const NAME = PREFIX + new URL(self.location).searchParams.get("version");
const PAGE = "/offline/";
const STYLED = /<link rel="(?:stylesheet|icon)" href="([^"]+)"/g;

// Without cookies: the page must not depend on who is signed in.
const ask = (address) => fetch(address, { cache: "no-cache", credentials: "omit" });

async function keep() {
  const kept = await caches.open(NAME);
  const page = await ask(PAGE);
  if (!page.ok) throw new Error(`${PAGE} answered ${page.status}`);
  const addresses = [...(await page.clone().text()).matchAll(STYLED)].map((match) => match[1]);
  await Promise.all(addresses.map(async (address) => {
    const file = await ask(address);
    if (file.ok) await kept.put(address, file);
  }));
  await kept.put(PAGE, page);
}

async function dropOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== NAME).map((name) => caches.delete(name)));
}

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(dropOthers().then(() => self.clients.claim())));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const address = new URL(request.url);
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(async () => (await caches.match(PAGE)) || Response.error()));
  } else if (address.origin === self.location.origin && ["style", "image"].includes(request.destination)) {
    event.respondWith(fetch(request).catch(async () => (await caches.match(request.url)) || Response.error()));
  }
});
