/* Finds pages by what readers type. The index is made here, from two files that tools/site/search.py writes:
   the titles, headings and other names of all pages first, which answer most questions, then the texts.

   Any of the words is enough. Rare words weigh more than common ones, names and titles more than text. A page stands
   in the results once, with the section that fits best. */

import MiniSearch from "../vendor/minisearch/minisearch.js";
import { excerpt, whole } from "./context.js";
import { cut, isHan, queried } from "./words.js";

const WEIGHTS = { title: 4, names: 4, about: 1.5, heading: 2.5, messages: 2, text: 1, code: 0.5 };
const FIELDS = { page: ["title", "names", "about"], heading: ["heading", "messages"], text: ["text", "code"] };
const CHUNKS = { page: 50, heading: 200, text: 10 };  // entries that are indexed before a key that was pressed has its turn
const PART = 0.1;  // what the parts of a name weigh where a page has the whole name
const FEW = 6;  // pieces of a query, up to which unknown ones are taken for misspelt: in a pasted line they are names
const FUZZY = 0.25;  // letters that may be wrong, of all letters of a word

export class Engine {
  #pages = [];
  #sections = [];  // { page, id, heading, text }
  #known = new Map();  // each word of the pages, and the name that it was cut from
  #indexes = Object.fromEntries(Object.entries(FIELDS).map(([name, fields]) => [name, new MiniSearch({
    fields, tokenize: (text) => this.#learn(text), processTerm: (word) => word,
  })]));

  /** Take the content of headings.json. */
  async addHeadings(pages) {
    const headings = [];
    for (const page of pages) {
      const number = this.#pages.length, first = this.#sections.length;
      this.#pages.push({ ...page, first });
      for (const [id, heading, messages] of page.sections) {
        headings.push({ id: this.#sections.length, heading: this.#sections.length > first ? heading : "", messages });
        this.#sections.push({ page: number, id, heading, text: "" });
      }
    }
    await this.#add("page", this.#pages.map(({ title, names, about }, id) => ({ id, title, names: names.join(" / "), about })));
    await this.#add("heading", headings);
  }

  /** Take the content of texts.json. */
  async addTexts(texts) {
    const entries = [];
    for (const { url, first } of this.#pages) {
      (texts[url] ?? []).forEach(([text, code], at) => {
        this.#sections[first + at].text = text;
        entries.push({ id: first + at, text, code });
      });
    }
    await this.#add("text", entries);
  }

  /** The pages that answer a query, best first, and what seems misspelt in it:
      { results: [{ url, title, heading, context }, …], misspelt: [[piece, the nearest name], …] }.
      Title, heading and context are lists of [text, whether it was searched]. */
  search(query, most = 12) {
    const pieces = queried(query), weights = this.#weights(pieces);
    const last = /[\p{L}\p{N}_]$/u.test(query) ? pieces.at(-1)?.words[0] : null;  // may not be typed to the end
    const guess = pieces.length <= FEW;
    const options = {
      boost: WEIGHTS,
      tokenize: () => [...weights.keys()],
      boostTerm: (word) => weights.get(word),
      prefix: (word) => (word === last && (word.length > 1 || isHan(word))) || (guess && !this.#known.has(word)),
      fuzzy: (word) => guess && this.#isUnknown(word) && FUZZY,
    };
    const ranked = this.#rank(query, options).slice(0, most);
    const results = ranked.map(({ page, section, words }) => {
      const { url, title, about, first } = this.#pages[page], { id, heading, text } = this.#sections[section];
      const inside = section > first;
      return {
        url: inside ? `${url}#${id}` : url,
        title: whole(title, words),
        heading: inside ? whole(heading, words) : [],
        context: excerpt(text || about, words),
      };
    });
    return { results, misspelt: guess ? this.#misspelt(pieces) : [] };
  }

  /* Each word that is looked for, with its weight. */
  #weights(pieces) {
    const weights = new Map();
    for (const { words: [first, ...others] } of pieces) {
      const weight = this.#known.has(first) && !isHan(first) ? PART : 1;
      weights.set(first, 1);
      for (const word of others) weights.set(word, Math.max(weights.get(word) ?? 0, weight));
    }
    return weights;
  }

  /* The pages by score: their own, and that of their best section. */
  #rank(query, options) {
    const found = new Map(), sections = new Map();
    const entry = (page) => {
      if (!found.has(page)) found.set(page, { page, section: this.#pages[page].first, own: 0, best: 0, words: new Set() });
      return found.get(page);
    };
    for (const { id, score, terms, match } of this.#indexes.page.search(query, options)) {
      Object.assign(entry(id), { own: score, words: new Set(terms), named: terms.filter((word) => match[word].includes("title")) });
    }
    for (const name of ["heading", "text"]) {
      for (const { id, score, terms } of this.#indexes[name].search(query, options)) {
        const one = entry(this.#sections[id].page), sum = (sections.get(id) ?? 0) + score;
        sections.set(id, sum);
        if (sum > one.best) Object.assign(one, { best: sum, section: id });
        for (const word of terms) one.words.add(word);
      }
    }
    for (const one of found.values()) {
      if (one.named?.length === one.words.size) one.section = this.#pages[one.page].first;  // the title says all of it
    }
    return [...found.values()].sort((one, other) => other.own + other.best - one.own - one.best);
  }

  #isUnknown(word) {
    return word.length > 3 && !isHan(word) && !this.#known.has(word);
  }

  /* Pieces that no page has, each with the nearest name; what is only not typed to the end is not misspelt. */
  #misspelt(pieces) {
    const found = [];
    for (const { text, words: [word] } of pieces.filter((piece) => this.#isUnknown(piece.words[0]))) {
      const hits = Object.values(this.#indexes).flatMap((index) => index.search(word, {
        tokenize: () => [word], prefix: true, fuzzy: FUZZY, boost: WEIGHTS,
      }));
      const best = hits.sort((one, other) => other.score - one.score)[0];
      if (best && !hits.some(({ terms }) => terms.some((term) => term.startsWith(word)))) found.push([text, this.#known.get(best.terms[0])]);
    }
    return found;
  }

  /* The words of a text that stands on a page. */
  #learn(text) {
    const found = [];
    for (const piece of cut(text)) {
      const [first, ...others] = piece.words;
      if (!(this.#known.get(first)?.length <= piece.text.length)) this.#known.set(first, piece.text);
      for (const word of others) if (!this.#known.has(word)) this.#known.set(word, word);
      found.push(...piece.words);
    }
    return found;
  }

  async #add(name, entries) {
    await this.#indexes[name].addAllAsync(entries, { chunkSize: CHUNKS[name] });
  }
}
