/* What the pages do beyond the theme, and when the theme's script comes. */
"use strict";

/* Nothing of the theme's script is needed to read a page, and it is nearly half of what a page weighs and of the
   work it makes. So it comes when the reader first does something, and what was done until it is there is told to it. */
{
  const SIGNS = ["pointermove", "pointerdown", "wheel", "scroll", "keydown", "focusin", "click", "change"];
  const told = [];
  const remember = (event) => told.push(event);

  const fetchTheme = (event) => {
    if (event?.type === "scroll" && event.target !== document) return;  // the list of pages, scrolled below
    for (const sign of SIGNS) removeEventListener(sign, fetchTheme, true);
    const script = document.createElement("script");
    script.src = document.querySelector("script[data-src]").dataset.src;
    script.onload = () => {
      removeEventListener("change", remember, true);
      removeEventListener("keydown", remember, true);
      document.dispatchEvent(new Event("DOMContentLoaded"));  // the theme waits for it, however late it comes
      delete document.body.setAttribute;
      // Keys go to the window, where the theme listens: whoever else listens has had them.
      for (const event of told) {
        if (event.type === "keydown") dispatchEvent(new KeyboardEvent("keydown", event));
        else event.target.dispatchEvent(new Event("change", { bubbles: true }));
      }
    };
    document.body.append(script);
  };
  addEventListener("change", remember, true);
  addEventListener("keydown", remember, true);
  for (const sign of SIGNS) addEventListener(sign, fetchTheme, { capture: true, passive: true });
  // Found by search: the theme marks the words that were looked for.
  if (location.search) fetchTheme();
}

/* On every visit the theme would fetch the search index and start the worker that reads it.
   Both wait here until somebody opens the search. */
{
  const { open, send } = XMLHttpRequest.prototype;
  const held = [];
  let opened = false;

  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    this.isSearchIndex = String(url).endsWith("/search_index.json");
    return open.call(this, method, url, ...rest);
  };
  XMLHttpRequest.prototype.send = function (...body) {
    if (this.isSearchIndex && !opened) held.push(this);
    else send.apply(this, body);
  };

  /* A question, or an error as it was printed, is full of words that the index leaves out. The theme would look for
     what begins with them: "not" finds every notice. */
  const QUERY = 2;  // the theme's messages to its worker are numbered
  const FILLERS = document.documentElement.lang.startsWith("zh")
    ? /为什么|什么时候|[有是]?什么|怎么|如何|[的吗呢和与]|了(?!解)|被(?!动)/g
    : /(?<![\w.])(?:an?|and|are|as|at|be|been|but|by|can|cannot|could|did|do|does|for|from|had|has|have|how|i|in|is|it|its|my|not|of|on|or|should|so|such|than|that|the|their|then|there|these|they|this|to|was|we|were|what|when|where|which|who|why|will|with|would|you|your)(?![\w.(])/gi;
  const essence = (query) => query.replace(FILLERS, " ").replace(/[:;,?!]+(?=\s|$)/g, " ").trim() || query;

  const RealWorker = Worker;
  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      this.start = () => {
        const worker = new RealWorker(url);
        worker.onmessage = (event) => this.dispatchEvent(new MessageEvent("message", { data: event.data }));
        this.start = () => worker;
        return worker;
      };
    }
    postMessage(message) {  // the first one comes with the index
      this.start().postMessage(message.type === QUERY ? { ...message, data: essence(message.data) } : message);
    }
  };

  const release = () => {
    opened = true;
    held.splice(0).forEach((request) => send.call(request));
  };
  // The theme opens its search by this checkbox or by the focus of the query. A link may carry a query, and that of a
  // result carries the words to mark, for which the theme asks the index, too.
  document.getElementById("__search")?.addEventListener("change", release, { once: true });
  document.querySelector(".md-search__input")?.addEventListener("focus", release, { once: true });
  const asked = new URLSearchParams(location.search);
  if (asked.has("q") || asked.has("h")) release();
}

/* The theme opens its menu and its search by labels, which no keyboard reaches. Make buttons of them. */
for (const name of ["__drawer", "__search"]) {
  const label = document.querySelector(`label.md-header__button[for=${name}]`);
  const box = document.getElementById(name);
  if (!label || !box) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.className = label.className;
  button.setAttribute("for", name);  // the theme's style sheet knows it by this
  button.ariaLabel = { __drawer: ["Menu", "菜单"], __search: ["Search", "搜索"] }[name][Number(document.documentElement.lang.startsWith("zh"))];
  button.append(...label.childNodes);
  label.replaceWith(button);
  const tell = () => { button.ariaExpanded = box.checked; };
  const toggle = () => {
    box.checked = !box.checked;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  };
  tell();
  box.addEventListener("change", tell);
  button.addEventListener("click", toggle);
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.checked) return;
    toggle();
    document.activeElement.blur();
    button.focus();  // if it is shown: the search has no button on a wide screen
  });
}
document.getElementById("__search")?.addEventListener("change", ({ target }) => {
  if (target.checked) document.querySelector(".md-search__input").focus();  // the theme does so once it is there
});

/* Show where in the list of pages this one is. The theme's script does the same, and nothing shall move when it comes. */
for (const link of document.querySelectorAll(".md-sidebar .md-nav__link--active[href]")) {
  const list = link.closest(".md-sidebar__scrollwrap");
  if (link.clientHeight) list.scrollTop = link.offsetTop - list.offsetTop - list.offsetHeight / 2;
}

/* What is folded is printed, too. */
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("article details")) details.open = true;
});

/* The language switch stays on the step that one looks at, or on the heading that one reads. The theme keeps that in the
   address, but not from the start. */
for (const link of document.querySelectorAll(".language-switch")) {
  link.addEventListener("click", () => {
    const middle = innerHeight / 2;
    const step = [...document.querySelectorAll(".stepper .bar a")].find((one) => {
      const { top, bottom } = one.closest(".stepper").getBoundingClientRect();
      return one.checkVisibility() && top < middle && bottom > middle && !one.hash.endsWith("-1");  // has begun
    });
    if (step) {
      link.hash = step.hash;
      return;
    }
    const passed = [...document.querySelectorAll("article :is(h2, h3)[id]")]
      .filter((heading) => heading.getBoundingClientRect().top < 100);
    link.hash = location.hash || (passed.pop()?.id ?? "");
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
    const { cellIndex, parentElement } = event.target.closest("td");
    let row = parentElement;
    do row = table.rows[row.rowIndex + down]; while (row && !row.cells[cellIndex].querySelector("a.proof"));
    row?.cells[cellIndex].querySelector("a.proof").focus();
  });
}

/* What the theme's script adds to an article: a bar of buttons is no landmark, and what scrolls can be reached by Tab. */
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

/* The theme's script would choose the color scheme late, and mark the body while it does so, which makes the browser
   look at every element of the page twice. Choose it now, and keep that mark for those who switch. */
{
  const { body } = document;
  const choices = [...document.querySelectorAll(".md-option")];
  const show = ({ dataset: { mdColorScheme } }) => {
    body.setAttribute("data-md-color-scheme", mdColorScheme);
    for (const choice of choices) choice.nextElementSibling.hidden = choice.dataset.mdColorScheme !== mdColorScheme;
  };
  const kept = __md_get("__palette");
  show(choices.find(({ dataset: { mdColorMedia, mdColorScheme } }) => (
    kept ? kept.color.scheme === mdColorScheme : matchMedia(mdColorMedia).matches)) ?? choices[0]);
  choices.forEach((choice, index) => choice.addEventListener("change", () => {
    show(choice);
    // As the theme keeps it, but at once: one may go on to another page before its script is there.
    const { mdColorMedia: media, mdColorScheme: scheme, mdColorPrimary: primary, mdColorAccent: accent } = choice.dataset;
    __md_set("__palette", { index, color: { media, scheme, primary, accent } });
  }));
  body.setAttribute = function (name, value) {
    if (name !== "data-md-color-switching") Element.prototype.setAttribute.call(this, name, value);
  };
}
