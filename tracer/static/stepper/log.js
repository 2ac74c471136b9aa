/* All SQL that was sent until a step: what the listing says of it, with the reason, and a counter with a mark for each. */
class Log {
  constructor(steps, frames, words, choose) {
    this.frames = frames;
    this.facts = steps.flatMap((item, step) => [...item.querySelectorAll("[data-c]")].map((fact) => this.fact(fact, step, choose)));
    this.count = make("b", {}, "0");
    this.marks = make("span", { className: "marks", ariaHidden: "true" });
    this.marks.append(...frames.flatMap((frame) => frame.sent.map((one) => Object.assign(markFor(one), { step: frame.at }))));
    this.empty = make("li", { className: "empty" }, words.log_empty);
    this.list = make("ol", { tabIndex: 0, ariaLabel: words.log }, ...this.facts, this.empty);
    this.element = make("div", { className: "log" }, make("p", { title: words.log_note }, `${words.log} `, this.count, this.marks), this.list);
  }

  fact(fact, step, choose) {
    const copy = fact.cloneNode(true), reason = copy.lastElementChild;
    const verb = copy.querySelector("b")?.textContent.toLowerCase().split(" ")[0] || "";
    const nodes = [...copy.childNodes].filter((node) => node !== reason || node.tagName !== "SMALL");
    const line = make("li", { className: verb, onclick: () => choose(step) }, make("span", {}, ...nodes));
    if (reason?.tagName === "SMALL") line.append(" ", reason);
    line.dataset.c = fact.dataset.c;
    line.step = step;
    return line;
  }

  show(at) {
    const { total, sent } = this.frames[at];
    for (const fact of this.facts) {
      fact.hidden = fact.step > at;
      fact.classList.toggle("now", fact.step === at);
    }
    for (const mark of this.marks.children) {
      mark.classList.toggle("now", mark.step === at);
      mark.classList.toggle("later", mark.step > at);
    }
    this.count.textContent = total;
    this.count.className = sent.length ? "now" : "";
    this.empty.hidden = this.facts.some((fact) => !fact.hidden);
  }

  scroll() {
    this.list.scrollTop = this.list.scrollHeight;
  }
}
