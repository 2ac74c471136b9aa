/* What the pages do beyond the theme. */
"use strict";
const SCRIPT = document.currentScript.src;

/* The button of the header (theme/partials/header.html) changes the checkbox by which the theme opens its menu. Escape
   closes it and leads back to the button. */
for (const button of document.querySelectorAll("button[data-toggle]")) {
  const box = document.getElementById(button.dataset.toggle);
  const tell = () => { button.ariaExpanded = box.checked; };
  tell();
  box.addEventListener("change", tell);
  button.addEventListener("click", () => box.click());
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.checked) return;
    box.click();
    document.activeElement.blur();
    button.focus();
  }, true);
}

/* A host has one 404 page for all languages (tools/site/not_found.py): show what is in that of the address. Header and
   menu follow (not-found.js). */
const missing = [...document.querySelectorAll(".not-found")];
if (missing.length) {
  const fits = ({ dataset }) => location.pathname.startsWith(dataset.home) ? dataset.home.length : 0;
  const shown = missing.reduce((best, one) => fits(one) > fits(best) ? one : best);
  for (const section of missing) section.hidden = section !== shown;
  document.documentElement.lang = shown.lang;
  document.title = shown.dataset.title;
}

/* The colors of the browser's bar are those of the reader's system until the theme's script is there, which then names
   the color of the page's scheme. The first of such names counts, so ours make room. */
addEventListener("load", () => {
  for (const meta of document.querySelectorAll("meta[name=theme-color][media]")) meta.remove();
});

/* What is folded is printed, too. */
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("article details")) details.open = true;
});

/* A link leads to its heading, too, where a stepper above that takes another height once it is drawn; until one scrolls. */
const linked = !location.hash.startsWith("#steps-") && document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (linked) {
  const growth = new ResizeObserver(() => linked.scrollIntoView());
  growth.observe(document.querySelector("article"));
  const leave = () => growth.disconnect();
  for (const name of ["wheel", "touchstart", "keydown", "pointerdown", "hashchange"]) addEventListener(name, leave, { once: true, passive: true });
  setTimeout(leave, 3000);
}

/* The program of a page (tools/site/page_program.py): its blocks in order, but for those that need a server. */
for (const offer of document.querySelectorAll(".page-program")) {
  const [copy, save, open] = offer.children, skipped = (offer.dataset.skip ?? "").split(" ");
  const program = () => [...document.querySelectorAll("article .language-python > pre > code")]
    .filter((_, index) => !skipped.includes(String(index))).map((block) => block.textContent).join("\n");
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(program());
    copy.textContent = copy.dataset.copied;
  });
  save.addEventListener("click", () => { save.href = URL.createObjectURL(new Blob([program()])); });
  open?.addEventListener("click", async (event) => {
    event.preventDefault();
    const { pack } = await import(new URL("play/share.js", SCRIPT));
    location.assign(`${open.href}#p=${await pack(program())}`);
  });
}

/* The page as Markdown lies beside it. The clipboard is asked for at once: some browsers refuse it after a wait. */
for (const button of document.querySelectorAll(".copy-page")) {
  const said = button.querySelector("span");
  const text = async () => {
    const answer = await fetch("index.md");
    if (!answer.ok) throw new Error(`index.md: ${answer.status}`);
    return new Blob([await answer.text()], { type: "text/plain" });
  };
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": text() })]);
      said.textContent = button.dataset.copied;
      setTimeout(() => { said.textContent = ""; }, 3000);
    } catch {
      location.assign("index.md");  // to be copied there
    }
  });
}

/* The playground comes where a page has one (tools/site/playground_widget.py). */
if (document.querySelector(".playground")) import(new URL("play/play.js", SCRIPT));

/* Visited pages are kept for when there is no network (tools/site/service_worker.js). A worker that comes after its page
   is told what that is made of. */
const worker = document.querySelector("meta[name=service-worker]");
if (worker && "serviceWorker" in navigator) {
  const { serviceWorker } = navigator;
  serviceWorker.addEventListener("controllerchange", () => {
    const parts = performance.getEntriesByType("resource").filter((one) => !["fetch", "xmlhttprequest"].includes(one.initiatorType));
    serviceWorker.controller.postMessage([location.href, ...parts.map((one) => one.name)]);
  });
  addEventListener("load", () => serviceWorker.register(worker.content, { updateViaCache: "none" }).catch(() => {}));
}

/* What acts as a switch does so at the space bar, too: the theme knows Enter alone. That of the colors is a radio button
   that is chosen already, beside the label of the next one. */
addEventListener("keydown", (event) => {
  const { key, target } = event;
  const label = target.matches?.(".md-option") ? target.form.querySelector("label:not([hidden])") : target.closest?.("label[tabindex]");
  if (key !== " " || !label) return;
  event.preventDefault();
  label.click();
  if (label !== target) document.getElementById(label.htmlFor).focus();
});

/* The language switch stays on the step that one has chosen and looks at, or on the heading that one reads. */
const chosen = new WeakSet();  // steppers
const choose = (element) => { if (element) chosen.add(element); };
choose(document.getElementById(location.hash.slice(1))?.closest(".stepper"));
for (const name of ["click", "keydown", "input"]) {
  addEventListener(name, ({ target }) => choose(target.closest?.(".stepper")), true);
}
for (const link of document.querySelectorAll(".language-switch")) {
  link.addEventListener("click", () => {
    const middle = innerHeight / 2;
    const step = [...document.querySelectorAll(".stepper .bar a")].find((one) => {
      const stepper = one.closest(".stepper"), { top, bottom } = stepper.getBoundingClientRect();
      return chosen.has(stepper) && one.checkVisibility() && top < middle && bottom > middle;
    });
    if (step) {
      link.hash = step.hash;
      return;
    }
    const passed = [...document.querySelectorAll("article :is(h2, h3)[id]")]
      .filter((heading) => heading.getBoundingClientRect().top < 100);
    link.hash = passed.pop()?.id ?? location.hash;
  });
}

/* A table whose cells lead to what proves them is one stop for Tab; the arrow keys go from cell to cell. */
for (const table of document.querySelectorAll("table:has(a.proof)")) {
  const links = [...table.querySelectorAll("a.proof")];
  const stop = (link) => links.forEach((other) => { other.tabIndex = other === link ? 0 : -1; });
  stop(links[0]);
  table.addEventListener("focusin", ({ target }) => { if (links.includes(target)) stop(target); });
  table.addEventListener("keydown", (event) => {
    const at = links.indexOf(event.target);
    const side = { ArrowLeft: -1, ArrowRight: 1 }[event.key], down = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (at < 0 || !(side || down) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (side) { links[at + side]?.focus(); return; }
    const { cellIndex, parentElement } = event.target.closest("th, td");
    let row = parentElement;
    do row = table.rows[row.rowIndex + down]; while (row && !row.cells[cellIndex].querySelector("a.proof"));
    row?.cells[cellIndex].querySelector("a.proof").focus();
  });
}

/* What the theme's script adds to an article: a bar of buttons is no landmark, and what scrolls can be reached by Tab.
   The theme has no template for either. */
{
  const article = document.querySelector("article");
  const scrolls = new Map();
  const mend = () => {
    for (const bar of article.querySelectorAll("nav.md-code__nav:not([role])")) bar.setAttribute("role", "none");
    for (const element of article.querySelectorAll(".md-typeset__scrollwrap, pre > code")) {
      if (!scrolls.has(element)) sizes.observe(element);
      scrolls.set(element, scrolls.get(element) ?? false);
    }
    for (const [element, wide] of scrolls) {
      if (wide && !element.hasAttribute("tabindex")) element.tabIndex = 0;
      if (!wide) element.removeAttribute("tabindex");
    }
  };
  // Wait to be told of sizes: to ask for them while the page is being built costs a layout each time.
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) scrolls.set(target, target.scrollWidth > target.clientWidth);
    mend();
  });
  // The theme's script takes the attribute away from what it has just seen on a phone.
  new MutationObserver(mend).observe(article, { childList: true, subtree: true, attributeFilter: ["tabindex"] });
  mend();
}
