// The page for when the portal cannot be reached: in the person's language and theme, and gone as soon
// as the portal answers. See sw.js.

const html = document.documentElement;
let stored = {};
try {
  stored = { language: localStorage.getItem("language"), theme: localStorage.getItem("theme") };
} catch {
  // Storage can be switched off.
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
  // A service that stands before the portal and says 502 is not the portal.
  const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (answer && answer.status < 500) location.reload();
};
document.querySelector("button").addEventListener("click", look);
addEventListener("online", look);
setInterval(look, 10_000);
