// The offline page: shown in the person's language and theme, and replaced by the portal once that can be
// reached. See sw.js.

const html = document.documentElement;
let stored = {};
try {
  stored = { language: localStorage.getItem("language"), theme: localStorage.getItem("theme") };
} catch {
  // Storage may be disabled.
}
if (stored.theme === "light" || stored.theme === "dark") html.setAttribute("data-theme", stored.theme);

const parts = [...document.querySelectorAll("main > [lang]")];
const spoken = [stored.language, ...navigator.languages]
  .map((tag) => parts.find((part) => part.lang === tag?.split("-")[0]))
  .find(Boolean) ?? parts[0];
for (const part of parts) if (part !== spoken) part.remove();
html.lang = spoken.lang;
html.dir = spoken.dir;
document.title = spoken.querySelector("h1").textContent;

const look = async () => {
  // A 502 from a gateway in front is not the portal.
  const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (answer && answer.status < 500) location.reload();
};
document.querySelector("button").addEventListener("click", look);
addEventListener("online", look);
setInterval(look, 10_000);
