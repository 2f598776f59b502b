// Starts the portal. A file of its own, because the policy allows no inline script; small, because
// the served form is worked by nothing else until the portal answers.

const html = document.documentElement;
const { href: js } = document.querySelector("link[rel=modulepreload]");
const { href: wasm, dataset: { integrity = "" } } = document.querySelector("link[data-base]");
const ready = () => html.hasAttribute("data-app-ready");

// The person's theme before the portal looks again.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") html.setAttribute("data-theme", theme);
} catch {
  // Storage can be switched off.
}

// Leptos clones its static markup through a template's innerHTML. That is the one sink for markup that
// the policy has to let through; the markup is part of the program and never a server's. The one
// script that may be handed to the browser by its address is ours.
const keeper = new URL("sw.js", import.meta.url).href;
window.trustedTypes?.createPolicy?.("default", {
  createHTML: (markup) => markup,
  createScriptURL: (url) => (url === keeper ? url : null),
});

// A form sent or a button pressed too early waits, and then goes through once.
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

const fail = () => html.setAttribute("data-app-failed", "");

// What the deployment decided: status and contents of config.json, as the preload in the page asks for
// it. The status is 0 where it cannot be had; 15 seconds are what a service has to answer as well.
const configuration = async () => {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), 15_000);
  try {
    const answer = await fetch(new URL("config.json", import.meta.url), { signal: late.signal });
    return [answer.status, new Uint8Array(await answer.arrayBuffer())];
  } catch {
    return [0, new Uint8Array()];
  } finally {
    clearTimeout(timer);
  }
};
const configured = configuration();

const launch = async (module) => {
  const program = fetch(wasm, { credentials: "same-origin", integrity });
  const { default: load, start } = await import(module);
  const [config] = await Promise.all([configured, load({ module_or_path: program })]);
  start(...config);
};

// At any other time than below a program that breaks stays broken: what stood there may be personal, so
// it goes, and the static page behind it says what to do.
const giveUp = () => {
  document.getElementById("portal").textContent = "";
  fail();
};

// Taking over the served form can fail, where a translator or an extension has changed it. Then
// the portal is started once more and renders anew, with what was typed. What else the first one
// still breaks is over with it.
let recovering = false;
const recovers = () => {
  if (recovering) return true;
  // There is nothing to take over the second time.
  if (ready() || !html.hasAttribute("data-app-hydrating")) return false;
  recovering = true;
  html.removeAttribute("data-app-hydrating");
  html.removeAttribute("data-app-prerendered");
  launch(`${js}?again`)
    .catch(giveUp)
    .finally(() => (recovering = false));
  return true;
};
const broken = ({ error, reason = error }) => {
  if (!recovers() && reason instanceof WebAssembly.RuntimeError) giveUp();
};
addEventListener("error", broken);
addEventListener("unhandledrejection", broken);

new MutationObserver((_, observer) => {
  if (!ready()) return;
  observer.disconnect();
  // After what the portal has put off until now, such as to read which radio is chosen.
  queueMicrotask(release);
  // Where the configuration says so. Without it the portal is whole, but for a start without a network.
  if (html.dataset.appReady) navigator.serviceWorker?.register(keeper).catch(() => {});
}).observe(html, { attributeFilter: ["data-app-ready"] });

try {
  await launch(js);
} catch (problem) {
  if (!recovers()) {
    fail();
    throw problem;
  }
}
