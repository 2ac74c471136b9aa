/* The sentence of a step: the listing's own, whose headline is `strong`; and what was printed, raised and warned. */
class Sentence {
  constructor(steps, frames) {
    Object.assign(this, { steps, frames });
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
    this.told.replaceChildren(...(who ? [make("small", {}, who), " "] : []), ...item.querySelector("p").cloneNode(true).childNodes);
    this.notes.replaceChildren(...[...item.querySelectorAll(".x, [data-k=p]")]
      .map((fact) => make("span", { className: fact.className }, ...fact.cloneNode(true).childNodes)));
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
