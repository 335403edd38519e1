// The editor of translations is drawn by wagtail-localize: our bar follows what it saves, and leads to its segments.
const place = document.querySelector("[data-traduction]");
const editor = place?.querySelector(".js-translation-editor");

function show(html) {
  const bar = document.getElementById("traduction-barre");
  const open = [...bar.querySelectorAll("details")].filter((one) => one.open).map((one) => one.dataset.liste);
  bar.outerHTML = html;
  for (const one of document.querySelectorAll("#traduction-barre details")) one.open = open.includes(one.dataset.liste);
}

// Each string is saved by a request of its own: the bar is asked for again when it is over. A page that somebody
// translates links to pages that they may not open: those too have a name.
const ask = window.fetch;
window.fetch = async (...call) => {
  const [, chosen] = String(call[0]).match(/\/api\/main\/pages\/(\d+)\/$/) ?? [];
  if (place && chosen) return ask(place.dataset.page.replace("/0/", `/${chosen}/`));
  const answer = await ask(...call);
  if (/\/localize\/translate\/\d+\/(strings|overrides)\//.test(String(call[0])) && answer.ok) {
    ask(place.dataset.barre).then((bar) => (bar.ok ? bar.text() : null)).then((html) => html && show(html));
  }
  return answer;
};

// Only the segments of the open tab are in the page.
function find(source) {
  const here = () => [...editor.querySelectorAll("li > p")].find((text) => text.textContent === source);
  let found = here();
  for (const tab of editor.querySelectorAll("[role=tab]")) {
    if (found) break;
    tab.click();
    found = here();
  }
  return found?.closest("li");
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-passage]");
  if (!link || !editor) return;
  event.preventDefault();
  const segment = find(link.dataset.passage);
  segment?.scrollIntoView({ block: "center" });
  segment?.querySelector("button")?.focus();
});

// Words that wagtail-localize has in English only; the language and the direction of the translations, of which it says
// nothing.
function speak() {
  for (const words of editor.querySelectorAll("li > p + div")) {
    words.lang = place.dataset.langue;
    words.dir = place.dataset.dir;
  }
  for (const title of editor.querySelectorAll("h3")) {
    if (title.textContent.endsWith(" translation")) title.textContent = place.dataset.titre;
  }
  for (const name of editor.querySelectorAll(".w-sr-only")) {
    if (name.textContent === "More actions") name.textContent = "Plus d’actions";
  }
}

if (editor) {
  new MutationObserver(speak).observe(editor, { childList: true, subtree: true });
  speak();
}
