// Starts the portal. A file of its own, because the policy allows no inline script; written for
// browsers of the last years, and the only script that is not made from Rust.

const html = document.documentElement;
const fail = () => html.setAttribute("data-app-failed", "");

// The person's theme before anything is painted; the portal itself looks again later.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") html.setAttribute("data-theme", theme);
} catch {
  // Storage can be switched off.
}

// Leptos clones its static markup through a template's innerHTML. That is the one sink the policy
// has to let through; the markup is part of the program and never a server's.
if (window.trustedTypes?.createPolicy) {
  window.trustedTypes.createPolicy("default", { createHTML: (markup) => markup });
}

const { js, wasm } = document.querySelector("script[data-wasm]").dataset;
try {
  const program = fetch(wasm, { credentials: "same-origin" });
  const { default: init } = await import(js);
  await init({ module_or_path: program });
} catch (problem) {
  fail();
  throw problem;
}
