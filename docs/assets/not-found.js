/* On the 404 page, in the language of the address, which site.js has chosen: the words of header and menu, and the pages
   that fit the words of the address. */

import { load } from "./search.js";

const MOST = 5;
const TRANSLATED = ["header", ".md-nav--primary"];
const WORDS = /^(aria-label|title|placeholder|href|hreflang|lang|data-(?!md-).*)$/;  // attributes that differ between languages
const section = document.querySelector(".not-found:not([hidden])");
const home = new URL(section.dataset.home, location);

/* Take the words of another language's 404 page, which the same templates make. */
async function translate() {
  const answer = await fetch(new URL("404.html", home));
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of TRANSLATED) take(document.querySelector(part), page.querySelector(part));
}

/* An element keeps what scripts have bound to it, so it is not replaced. */
function take(element, other) {
  if (element.tagName !== other.tagName || element.childNodes.length !== other.childNodes.length) return;
  for (const { name, value } of other.attributes) if (WORDS.test(name)) element.setAttribute(name, value);
  for (const [at, node] of element.childNodes.entries()) {
    if (node.nodeType === Node.ELEMENT_NODE) take(node, other.childNodes[at]);
    else if (node.nodeType === Node.TEXT_NODE && element.tagName !== "KBD") node.data = other.childNodes[at].data;
  }
}

/* "flush-and-commit/rolback.html" is two queries: "rolback" says more than the name of the chapter. */
function queries() {
  const path = decodeURIComponent(location.pathname.replace(home.pathname, "")).replace(/\.html?$|\bindex\b/g, "");
  const parts = path.split("/").map((part) => part.split(/[^\p{L}\p{N}]+/u).filter(Boolean).join(" ")).filter(Boolean);
  return [parts.at(-1) ?? "", parts.join(" ")];
}

if (section !== document.querySelector(".not-found")) await translate();
const { engine } = await load();
const found = queries().flatMap((query) => engine.search(query, MOST).results);
const pages = new Map(found.map(({ url, title }) => [url.replace(/#.*/, ""), title]));
if (pages.size) {
  const said = document.createElement("p"), list = document.createElement("ul");
  said.textContent = section.dataset.offers;
  list.append(...[...pages].slice(0, MOST).map(([url, title]) => {
    const item = document.createElement("li"), link = document.createElement("a");
    link.href = new URL(url, home).href;
    link.textContent = title.map(([text]) => text).join("");
    item.append(link);
    return item;
  }));
  section.querySelector("p").after(said, list);
}
