// Replaces the portal's sw.js on every server: browsers check for a new one at each visit, and this one
// deletes the portal's caches and unregisters itself. For when `offlineStart` cannot be turned off in
// config.json, or must not wait for the next start of the portal on each device.

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
