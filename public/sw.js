// Service worker, with `offlineStart` in config.json: caches the portal's hashed files and the offline
// page, which it shows for the portal's own pages. Nothing else: no other page of the site, no response of a
// service, no configuration. The build prepends BUILD: a version, the pages, and the files with their integrity
// hashes.
//
// Every start of the portal requests config.json. When `offlineStart` is gone, this worker deletes its
// cache and unregisters itself.

const { scope } = registration;
const OURS = `logistration ${scope} `;
const CACHE = OURS + BUILD.version;
const at = (name) => new URL(name, scope).href;
// A page's address may end in a slash, as that of the start does.
const page = (url) => url.replace(/[?#].*/, "").replace(/\/$/, "");
const pages = new Set(BUILD.pages.map((name) => page(at(name))));
const files = new Map(Object.entries(BUILD.files).map(([name, integrity]) => [at(name), integrity]));

const clear = async (but) => {
  for (const name of await caches.keys()) {
    if (name.startsWith(OURS) && name !== but) await caches.delete(name);
  }
};

addEventListener("install", (event) => {
  const wanted = Array.from(files, ([url, integrity]) => new Request(url, { integrity }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(wanted)));
});

// Activation waits until no tab of the former release is open: until then each finds its own files.
addEventListener("activate", (event) => event.waitUntil(clear(CACHE)));

// Not `caches.open`: it would create the cache again for a request during its removal.
const kept = (url) => caches.match(url, { cacheName: CACHE, ignoreVary: true });

/** The configuration, always from the network. */
const configuration = async (event) => {
  const answer = await fetch(event.request);
  if (answer.ok || answer.status === 404 || answer.status === 410) {
    const config = await answer.clone().json().catch(() => null);
    if (config?.offlineStart !== true) event.waitUntil(registration.unregister().then(() => clear()));
  }
  return answer;
};

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (files.has(request.url)) {
    event.respondWith(kept(request.url).then((answer) => answer ?? fetch(request)));
  } else if (request.url === at("config.json")) {
    event.respondWith(configuration(event));
  } else if (request.mode === "navigate" && pages.has(page(request.url))) {
    const offline = () => kept(at("offline.html"));
    event.respondWith(fetch(request).catch(async (problem) => (await offline()) ?? Promise.reject(problem)));
  }
});
