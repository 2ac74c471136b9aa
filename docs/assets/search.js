/* What keeps the theme's search working until it is replaced: three exceptions to the rule that nothing of the theme or
   the browser is patched (the third is in tools/site/search.py). It comes before the theme's script. */
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
