/* On the 404 page: offers the pages that fit the words of the address, in the language that site.js has chosen. */

import { Engine } from "./search/engine.js";

const MOST = 5;
const section = document.querySelector(".not-found:not([hidden])");
const site = new URL(section.dataset.home, location);

/* "flush-and-commit/rolback.html" is a query of four words. */
function query() {
  const path = decodeURIComponent(location.pathname.replace(site.pathname, ""));
  return path.replace(/\.html?$|\bindex\b/g, "").split(/[^\p{L}\p{N}]+/u).filter(Boolean).join(" ");
}

const answer = await fetch(new URL("search/headings.json", site));
const engine = new Engine();
if (answer.ok) await engine.addHeadings(await answer.json());
const pages = new Map(engine.search(query(), MOST).results.map(({ url, title }) => [url.replace(/#.*/, ""), title]));
if (pages.size) {
  const said = document.createElement("p"), list = document.createElement("ul");
  said.textContent = section.dataset.offers;
  list.append(...[...pages].map(([url, title]) => {
    const item = document.createElement("li"), link = document.createElement("a");
    link.href = new URL(url, site).href;
    link.textContent = title.map(([text]) => text).join("");
    item.append(link);
    return item;
  }));
  section.querySelector("p").after(said, list);
}
