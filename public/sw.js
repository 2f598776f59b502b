// Keeps the portal's own files on the device, where `offlineStart` in config.json says so: those that
// are named after their contents, and the page for when the portal cannot be reached. Nothing else: no
// other page, no answer of a service, no configuration. The build puts BUILD in front: a version, and
// the files with what each must be.
//
// Every start of the portal asks for config.json. If that no longer says so, this script takes back
// all it kept, and goes.

const { scope } = registration;
const OURS = `logistration ${scope} `;
const CACHE = OURS + BUILD.version;
const at = (name) => new URL(name, scope).href;
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

// It waits until no tab of the former release is open: each finds its own files until then.
addEventListener("activate", (event) => event.waitUntil(clear(CACHE)));

// Not `open`: that would make the store anew for a request that comes while it is taken back.
const kept = (url) => caches.match(url, { cacheName: CACHE, ignoreVary: true });

/** The configuration, from the network and from nowhere else. */
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
  } else if (request.mode === "navigate") {
    const page = () => kept(at("offline.html"));
    event.respondWith(fetch(request).catch(async (problem) => (await page()) ?? Promise.reject(problem)));
  }
});
