// Before the first paint: the stored theme, and the language where the server cannot know it, from the stored
// choice or from further down the browser's list than it sends. Requests the program and its configuration. And has
// the failure page, since a browser may be too old to read boot.js. Inlined at the start of the pages' body, and
// allowed by its hash. Small, because every page has it; in the JavaScript of 2018 (ES2019), which the build's
// minifier writes.

(function (html, program, theme, stored, asked, code) {
  try {
    theme = localStorage.theme;
    stored = localStorage.language;
  } catch (e) {
    // Storage may be disabled.
  }
  if (/^(light|dark)$/.test(theme)) html.setAttribute("data-theme", theme);

  // Shows the failure page, with the phone number for help: "browser" where the browser is too old or refuses WebAssembly,
  // "file" where the program did not arrive.
  window.showFailure = function (why, request) {
    html.setAttribute("data-app-failed", why);
    request = new XMLHttpRequest();
    request.onload = function (config, phone) {
      try {
        config = JSON.parse(request.responseText);
        phone =
          (/staff|roles/.test(html.dataset.appPrerendered) && (config.staff || "").helpPhone) || config.brand.helpPhone;
        document.querySelectorAll("#failed [translate]").forEach(function (help) {
          help.textContent = phone;
          // Digits of all scripts that the configuration takes end in the bits of their value.
          help.href =
            "tel:" + phone.replace(/[٠-٩۰-۹]/g, function (digit) { return digit.charCodeAt() & 15; }).replace(/[^+\d]/g, "");
          help.parentNode.hidden = false;
        });
      } catch (e) {
        // No configuration, or none with a phone number.
      }
    };
    request.open("GET", program.dataset.base + "config.json");
    request.send();
  };
  // A browser that is too old to read boot.js.
  addEventListener("error", function (event) {
    if (event.error instanceof SyntaxError && /boot/.test(event.filename)) showFailure("browser");
  });

  // The code of the page in a language, if the head links to it. "x" finds the link "x-default".
  function linked(tag) {
    var link = document.querySelector("link[hreflang|='" + /\w*/.exec(tag) + "']");
    return link && link.href.split("=").pop();
  }

  // A page that was loaded for its `lang`, or again by this script, stays: there is no loop.
  asked = /[?&]lang=([^&]*)/.exec(location.search);
  if (!asked || (linked(asked[1]) !== asked[1] && performance.navigation.type !== 1))
    [stored].concat(navigator.languages || [], "x").some(function (tag) {
      return (code = linked(tag));
    });
  if (code && code !== html.lang) {
    html.hidden = true;
    var others = location.search.replace(/[?&]lang=[^&]*/g, "").replace(/^\?/, "&");
    // A reload keeps the state, which has the audience that signed in last.
    history.replaceState(history.state, "", "?lang=" + code + others + location.hash);
    location.reload();
    return;
  }

  // The responses for boot.js. Not by <link rel=preload>: WebKit requests such a file again,
  // https://github.com/leptos-rs/leptos/issues/1450.
  window.responses = [
    fetch(program.dataset.base + "config.json"),
    fetch(program.content, { integrity: program.dataset.integrity || "" }),
  ];
  // A browser reports a failure here before boot.js is there to see it.
  responses.forEach(function (response) {
    response.catch(function () {});
  });
})(document.documentElement, document.querySelector("meta[data-base]"));
