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
  let planned = 0;
  const mend = () => {
    for (const bar of article.querySelectorAll("nav.md-code__nav")) bar.setAttribute("role", "none");
    const scrolling = [...article.querySelectorAll(".md-typeset__scrollwrap, pre > code")];
    const wide = scrolling.filter((element) => element.scrollWidth > element.clientWidth);
    for (const element of scrolling) element.removeAttribute("tabindex");
    for (const element of wide) element.tabIndex = 0;
  };
  // Once after many changes: to ask for a width in the midst of them costs a layout each time.
  const plan = () => { clearTimeout(planned); planned = setTimeout(mend, 50); };
  new MutationObserver(plan).observe(article, { childList: true, subtree: true });
  addEventListener("resize", plan);
  plan();
}
