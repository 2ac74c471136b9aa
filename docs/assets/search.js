/* The search's dialog (theme/partials/search.html): its keys, and how it opens and closes. What finds and shows
   (docs/assets/search/) is fetched when it is opened for the first time: all at once but for the texts. */

const dialog = document.querySelector("dialog.search");
const button = document.querySelector("button.search-open");
const field = dialog.querySelector("input");
const status = dialog.querySelector("[role=status]");
const SCRIPTS = ["./search/box.js", "./search/engine.js", "./search/context.js", "./search/words.js", "./vendor/minisearch/minisearch.js"];

let loading = null, completing = null;

/** Open the search, perhaps with a query. */
export function open(query = null) {
  if (query !== null) field.value = query;
  if (!dialog.open) {
    dialog.showModal();
    field.select();
  }
  start();
}

/** What searches, loaded once: an engine that knows titles and headings, which answer most questions, and the box. */
export function load() {
  loading ??= (async () => {
    const site = new URL(dialog.dataset.home, document.baseURI);  // of the page's language
    const [headings, { Box }, { Engine }] = await Promise.all([fetchIndex(site, "headings"), ...SCRIPTS.map((script) => import(script))]);
    const engine = new Engine();
    await engine.addHeadings(headings);
    return { engine, box: new Box(dialog, site, engine), site };
  })();
  loading.catch(() => { loading = null; });  // another time perhaps
  return loading;
}

/** The same, once its engine knows the texts, too; where they cannot be loaded, without them. */
export function complete() {
  completing ??= load().then(async (found) => {
    await fetchIndex(found.site, "texts").then((texts) => found.engine.addTexts(texts)).catch(() => {});
    return found;
  });
  completing.catch(() => { completing = null; });
  return completing;
}

async function start() {
  if (!loading) status.textContent = dialog.dataset.loading;
  try {
    (await load()).box.show();
  } catch {
    status.textContent = dialog.dataset.failed;
    return;
  }
  if (!completing) complete().then(({ box }) => box.show());
}

async function fetchIndex(site, name) {
  const answer = await fetch(new URL(`search/${name}.json`, site));
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  return answer.json();
}

if (/Mac|iP(hone|ad)/.test(navigator.platform)) button.querySelector("kbd").textContent = "⌘K";
button.addEventListener("click", () => open());
addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  const shortcut = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (!shortcut && (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey)) return;
  event.preventDefault();
  open();
});

field.addEventListener("input", () => { if (!loading) start(); });
dialog.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  await start();
  dialog.querySelector(".search-results a")?.click();
});
dialog.querySelector(".search-close").addEventListener("click", () => dialog.close());
dialog.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  event.preventDefault();  // in a field of this type it would only empty the field
  dialog.close();
});
dialog.addEventListener("click", ({ target }) => {  // beside the box, or on a link to a section of this page
  if (target === dialog || target.closest("a")) dialog.close();
});

/* The theme's own checkbox opens it, too. */
const theirs = document.getElementById("__search");
theirs?.addEventListener("change", () => { if (theirs.checked) open(); });
dialog.addEventListener("close", () => { if (theirs?.checked) theirs.click(); });
