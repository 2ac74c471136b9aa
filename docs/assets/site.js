/* What the pages do beyond the theme. Loaded before the theme's script; works without it. */
"use strict";

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
    postMessage(message) { this.start().postMessage(message); }  // the first one comes with the index
  };

  const release = () => {
    opened = true;
    held.splice(0).forEach((request) => send.call(request));
  };
  // The theme opens its search by this checkbox or by the focus of the query; a link may carry a query, too.
  document.getElementById("__search")?.addEventListener("change", release, { once: true });
  document.querySelector(".md-search__input")?.addEventListener("focus", release, { once: true });
  if (new URLSearchParams(location.search).has("q")) release();
}

/* The language switch stays on the heading that one reads. */
for (const link of document.querySelectorAll(".language-switch")) {
  link.addEventListener("click", () => { link.hash = location.hash; });
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
  if (!__md_get("__palette")) {
    body.setAttribute("data-md-color-scheme", matchMedia("(prefers-color-scheme: dark)").matches ? "slate" : "default");
  }
  body.setAttribute = function (name, value) {
    if (name !== "data-md-color-switching") Element.prototype.setAttribute.call(this, name, value);
  };
  addEventListener("load", () => { delete body.setAttribute; });
}
