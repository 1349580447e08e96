// Opens a few pages without a network: those whose answer says so (X-Opens-Offline: whose page, and until which second), with their
// styles and scripts, once they were opened. One person's pages at a time, in a cache named after him (kept.js throws it away at the
// sign-out and when somebody else signs in). The door: its empty first page alone, fetched here and never from a visit, so that nothing
// on this machine tells whether anybody was there; forms, answers and codes are not looked at (decision 0058).
"use strict";

const PAGES = "dianping-page:", PARTS = "dianping-parts", DOOR = "dianping-door";
const HEAD = "X-Opens-Offline";
const base = new URL("./", self.location).pathname;
const doorAt = `${base}o/`;

self.addEventListener("install", (event) => { event.waitUntil(keepDoor().finally(() => self.skipWaiting())); });
self.addEventListener("activate", (event) => { event.waitUntil(self.clients.claim()); });

// The parts a page names: ours alone, from its static folder.
const partsOf = (html) => [...new Set([...html.matchAll(/(?:href|src)="([^"]+)"/g)].map((found) => found[1]).filter((address) => address.startsWith(`${base}static/`)))];

async function keepParts(addresses) {
  const cache = await caches.open(PARTS);
  await Promise.all(addresses.map(async (address) => {
    if (await cache.match(address)) return;
    const answer = await fetch(address, { credentials: "omit" });
    if (answer.ok) await cache.put(address, answer);
  }));
}
async function keepDoor() {
  try {
    const answer = await fetch(doorAt, { credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer" });
    if (!answer.ok || answer.redirected) return;
    await keepParts(partsOf(await answer.clone().text()));
    await (await caches.open(DOOR)).put(doorAt, answer);
  } catch (unreachable) { /* another time */ }
}
async function forgetOthers(but) {
  for (const name of await caches.keys()) if (name.startsWith(PAGES) && name !== but) await caches.delete(name);
}
async function keepPage(address, answer) {
  const [keeper, until] = (answer.headers.get(HEAD) || "").split(" ");
  if (!answer.ok || answer.redirected || !keeper || !(until * 1000 > Date.now())) return;
  await forgetOthers(PAGES + keeper);
  const html = await answer.clone().text();
  await (await caches.open(PAGES + keeper)).put(address, answer);
  await keepParts(partsOf(html)).catch(() => {});
}
async function keptPage(address) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PAGES)) continue;
    const cache = await caches.open(name), found = await cache.match(address);
    if (!found) continue;
    if (found.headers.get(HEAD).split(" ")[1] * 1000 > Date.now()) return found;
    await cache.delete(address);
  }
  return undefined;
}
async function page(event, address) {
  let answer;
  try {
    answer = await fetch(event.request);
  } catch (unreachable) {
    const found = new URL(address).pathname === doorAt ? await caches.match(doorAt, { cacheName: DOOR }) : await keptPage(address);
    if (found) return found;
    throw unreachable;
  }
  if (answer.headers.has(HEAD)) event.waitUntil(keepPage(address, answer.clone()));
  return answer;
}

self.addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  url.hash = "";
  if (request.mode === "navigate") event.respondWith(page(event, url.href));
  else if (url.pathname.startsWith(`${base}static/`)) event.respondWith(fetch(request).catch(async (unreachable) => { const found = await caches.match(url.href, { cacheName: PARTS }); if (found) return found; throw unreachable; }));
});
// The first page opens before there is a worker: it asks to be fetched once more and kept.
self.addEventListener("message", (event) => {
  if (!event.data || !event.data.keep) return;
  event.waitUntil((async () => {
    await keepDoor();
    const answer = await fetch(event.data.keep, { credentials: "same-origin" });
    if (answer.headers.has(HEAD)) await keepPage(event.data.keep, answer);
  })().catch(() => {}));
});
