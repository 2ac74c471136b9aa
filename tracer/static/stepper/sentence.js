/* The sentence of a step: the listing's own. Its headline is what the listing marks with `strong`, or else the part that
   speaks of a write, a COMMIT or a ROLLBACK. */
const NEWS = /INSERT|UPDATE|DELETE|COMMIT|ROLLBACK/;

class Sentence {
  constructor(steps, frames, words) {
    Object.assign(this, { steps, frames, words });
    this.told = make("p");  // announced from `listen` on: not while a page loads
    this.notes = make("div", { className: "notes" });
    this.quiz = make("div", { className: "quiz", hidden: true });
    this.element = make("div", { className: "told" }, this.told, this.quiz, this.notes);
  }

  listen(on) {
    if (on) this.told.setAttribute("aria-live", "polite");
    else this.told.removeAttribute("aria-live");
  }

  show(at) {
    const item = this.steps[at], { stop } = this.frames[at], again = item.querySelector(":scope > small:not(.t)");
    const who = [stop.task, again?.textContent].filter(Boolean).join(" · ");
    this.told.replaceChildren(...(who ? [make("small", {}, who), " "] : []), ...this.parts(item.querySelector("p"), this.frames[at]));
    this.notes.replaceChildren(...[...item.querySelectorAll(".x, [data-k=p]")].map((fact) => make("span", { className: fact.className || "printed" }, ...fact.cloneNode(true).childNodes)));
  }

  /* The headline, then the rest in its order. */
  parts(sentence, { sent, stop }) {
    const nodes = [...sentence.cloneNode(true).childNodes];
    if (nodes.some((node) => node.tagName === "STRONG")) return nodes;
    const clauses = [[]];
    for (const node of nodes) {
      if (node.nodeType !== Node.TEXT_NODE) clauses.at(-1).push(node);
      else node.data.replace(/[.。]$/, "").split(/[;；] ?/).forEach((part, index) => (index ? clauses.push([part]) : clauses.at(-1).push(part)));
    }
    const said = (parts) => parts.map((part) => part.textContent ?? part).join("");
    const quiet = !sent.length && !stop.commits && !stop.rollbacks && clauses.length > 1;
    const news = quiet ? 1 : Math.max(0, clauses.findIndex((parts) => NEWS.test(said(parts))));
    const [first] = clauses.splice(news, 1);
    const begin = (parts) => (typeof parts[0] === "string" ? [parts[0].charAt(0).toUpperCase() + parts[0].slice(1), ...parts.slice(1)] : parts);
    const { stop: end, join } = this.words;
    const rest = clauses.flatMap((parts, index) => [...(index ? [join] : []), ...(index ? parts : begin(parts))]);
    return [make("strong", {}, ...begin(first), end), " ", ...rest, rest.length ? end : ""];
  }

  /* The height that the longest sentence of the story needs. */
  tallest(at) {
    this.listen(false);
    const most = Math.max(...this.steps.map((_, step) => {
      this.show(step);
      return this.told.offsetHeight + this.notes.offsetHeight;
    }));
    this.show(at);
    this.listen(true);
    return most;
  }
}
