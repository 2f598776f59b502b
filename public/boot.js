// Starts the portal. A file, because the Content-Security-Policy allows one inline script, first_paint.js;
// small, because until the program runs nothing else handles the prerendered form.

const html = document.documentElement;
// first_paint.js loads the page again, in another language.
if (html.hidden) await new Promise(() => {});
// wasm-bindgen's script, in development builds, where it is a file. In a release it is in the place of the import
// below (crates/release/src/glue.rs).
const glue = document.querySelector("link[rel=modulepreload]")?.href;
const { content: wasm, dataset: { integrity = "" } } = document.querySelector("meta[data-base]");
// Requested by first_paint.js.
const [configResponse, firstProgram] = responses;
const ready = () => html.hasAttribute("data-app-ready");

// Leptos clones its static markup through a template's innerHTML, the only markup sink that the policy
// must allow: the markup is part of the program, never of a response. The only script URL allowed is the
// service worker's.
const keeper = new URL("sw.js", import.meta.url).href;
window.trustedTypes?.createPolicy?.("default", {
  createHTML: (markup) => markup,
  createScriptURL: (url) => (url === keeper ? url : null),
});

// A submit or press before hydration is held and replayed once.
let early = null;
const buttons = () => [...document.querySelectorAll("button[type=button]")];
const hold = (event) => {
  const button = event.type === "click" && event.target.closest?.("button[type=button]");
  if (event.type === "click" && !button) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  early = button ? buttons().indexOf(button) : "form";
};
addEventListener("submit", hold, true);
addEventListener("click", hold, true);
const release = () => {
  removeEventListener("submit", hold, true);
  removeEventListener("click", hold, true);
  if (early === "form") document.querySelector("form")?.requestSubmit();
  else if (early !== null) buttons()[early]?.click();
};

// Why the program does not run, for the failure page (first_paint.js).
let why = window.WebAssembly ? "" : "browser";

// A page translator puts an element in the place of a text node, which the program keeps and goes on changing:
// https://github.com/facebook/react/issues/11538. A text that changes takes its place back, to be translated anew.
const portal = document.getElementById("portal");
const places = new WeakMap();
const textsOf = new WeakMap();
const texts = new MutationObserver((changes) => {
  for (const { type, target, addedNodes, removedNodes, previousSibling, nextSibling } of changes) {
    const taken = type === "characterData" && !target.isConnected && places.get(target);
    // One element may stand for several texts.
    if (taken) taken.replaceWith(...textsOf.get(taken));
    for (const text of removedNodes) {
      const place = [...addedNodes, previousSibling, nextSibling].find((node) => node?.localName === "font") ?? addedNodes[0];
      if (text.nodeType !== Node.TEXT_NODE || !place) continue;
      places.set(text, place);
      textsOf.set(place, [...(textsOf.get(place) ?? []), text]);
      texts.observe(text, { characterData: true });
    }
  }
});
texts.observe(portal, { childList: true, subtree: true, characterData: true });

// Status and contents of config.json. The status is 0 when it
// cannot be fetched within 15 seconds, the default timeout of a call.
const unavailable = [0, new Uint8Array()];
const configured = Promise.race([
  configResponse.then(async (response) => [response.status, new Uint8Array(await response.arrayBuffer())]).catch(() => unavailable),
  new Promise((late) => setTimeout(late, 15_000, unavailable)),
]);

// The language that the address asks for, which goes from it.
const { origin, pathname, search, hash } = location;
const asked = /[?&]lang=([^&]*)/.exec(search);
const others = search.replace(/[?&]lang=[^&]*/g, "");

// `again` is for development builds, too: another address is another instance of the file.
const launch = async (again = "") => {
  const program = again ? fetch(wasm, { integrity }) : firstProgram;
  program.then(({ ok }) => ok || (why ||= "file"), () => (why ||= "file"));
  const { default: load, start } = await import(glue + again);
  const [config] = await Promise.all([configured, load({ module_or_path: program })]);
  // Only now: until the program runs, another load needs it.
  if (asked) history.replaceState(history.state, "", origin + pathname + others.replace(/^&/, "?") + hash);
  start(...config, asked?.[1] ?? "");
};

// A trap ends the program, and so does an exception that left two pages in the document: the page may show
// personal data, so it is emptied, and the static failure page is shown.
const giveUp = () => {
  portal.textContent = "";
  showFailure(why);
};

// Hydration can fail when a translator or an extension has changed the page. Then the program is started
// once more without hydration, and keeps the input. Later errors of the first instance are ignored.
let recovering = false;
const recovers = () => {
  if (recovering) return true;
  // Only hydration can be recovered from, and only once.
  if (ready() || !html.hasAttribute("data-app-hydrating")) return false;
  recovering = true;
  html.removeAttribute("data-app-hydrating");
  html.removeAttribute("data-app-prerendered");
  launch("?again")
    .catch(giveUp)
    .finally(() => (recovering = false));
  return true;
};
const broken = ({ error, reason = error }) => {
  const twoPages = portal.querySelectorAll("main").length > 1;
  if (!recovers() && (twoPages || reason instanceof WebAssembly.RuntimeError)) giveUp();
};
addEventListener("error", broken);
addEventListener("unhandledrejection", broken);

new MutationObserver((_, observer) => {
  if (!ready()) return;
  observer.disconnect();
  // After the microtasks that the program has queued, such as reading the chosen radio button.
  queueMicrotask(release);
  // With `offlineStart`. Without the worker only a start without a network is missing.
  if (html.dataset.appReady) navigator.serviceWorker?.register(keeper).catch(() => {});
}).observe(html, { attributeFilter: ["data-app-ready"] });

try {
  await launch();
} catch (problem) {
  if (problem?.name === "CompileError") why ||= "browser";
  if (!recovers()) {
    showFailure(why);
    throw problem;
  }
}
