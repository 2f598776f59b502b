// Before the first paint: the stored theme, and the language where the server cannot know it, from the stored
// choice or from further down the browser's list than it sends. Inlined in the pages' head, behind the links
// to their languages, and allowed by its hash. Small, because every page has it.

(function (html, theme, stored, asked, code) {
  try {
    theme = localStorage.theme;
    stored = localStorage.language;
  } catch (e) {
    // Storage may be disabled.
  }
  if (/^(light|dark)$/.test(theme)) html.setAttribute("data-theme", theme);

  // The code of the page in a language, if the head links to it. "x" finds the link "x-default".
  function linked(tag) {
    var link = document.querySelector("link[hreflang|='" + /\w*/.exec(tag) + "']");
    return link && link.href.split("=").pop();
  }

  // A page that was loaded for its `lang`, or again by this script, stays: there is no loop.
  asked = /[?&]lang=([^&]*)/.exec(location.search);
  if (asked && (linked(asked[1]) === asked[1] || performance.navigation.type === 1)) return;
  [stored].concat(navigator.languages || [], "x").some(function (tag) {
    return (code = linked(tag));
  });
  if (code && code !== html.lang) {
    html.hidden = true;
    var others = location.search.replace(/[?&]lang=[^&]*/g, "").replace(/^\?/, "&");
    // A reload keeps the state, which has the audience that signed in last.
    history.replaceState(history.state, "", "?lang=" + code + others + location.hash);
    location.reload();
  }
})(document.documentElement);
