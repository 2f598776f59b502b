// In the place of the portal's sw.js, on every server: browsers look for a new one at each visit, and
// with this one the device forgets all that the portal kept there. For when `offlineStart` cannot be
// turned off in config.json, or has been and must not wait for the next start of each portal.

addEventListener("install", () => skipWaiting());

addEventListener("activate", (event) => {
  const leave = async () => {
    for (const name of await caches.keys()) {
      if (name.startsWith("logistration ")) await caches.delete(name);
    }
    await registration.unregister();
  };
  event.waitUntil(leave());
});
