/* The bar: buttons, a line of all steps, and a link to the one that is shown. */
const kindOf = ({ errors, stop }) => (errors.length ? "error" : stop.commits ? "commit" : stop.rollbacks ? "undo" : "");

class Controls {
  /* `go(step, byNext)` shows a step; `at()` is the one that is shown. */
  constructor(frames, words, at, go) {
    Object.assign(this, { words, at, go, count: frames.length, buttons: {} });
    for (const [name, by, sign] of [["prev", -1, "‹"], ["next", 1, "›"]]) {
      const onclick = () => go(at() + by, by > 0);
      this.buttons[name] = make("button", { type: "button", className: name, title: words[name], ariaLabel: words[name], onclick }, sign);
    }
    this.slider = make("input", { type: "range", min: 1, max: this.count, value: 1, ariaLabel: words.step });
    this.slider.oninput = () => go(this.slider.value - 1);
    this.beads = frames.map((frame) => make("i", { className: `${kindOf(frame)}${frame.sent.length ? " tall" : ""}` }));
    this.time = make("div", { className: "time" }, ...this.beads, this.slider);
    this.number = make("span", { className: "number", ariaHidden: "true" });
    this.link = make("a", {}, words.link);
    this.element = make("div", { className: "bar" }, ...Object.values(this.buttons), this.time, this.number, this.link);
  }

  show(at, address) {
    const said = fill(this.words.of, at + 1, this.count);
    this.beads.forEach((bead, index) => {
      bead.classList.toggle("now", index === at);
      bead.classList.toggle("past", index < at);
    });
    this.slider.value = at + 1;
    this.slider.setAttribute("aria-valuetext", said);
    this.number.textContent = `${at + 1} / ${this.count}`;
    this.link.href = address;
    // At the ends they say so and stay, so that the focus is not lost.
    this.buttons.prev.ariaDisabled = at === 0;
    this.buttons.next.ariaDisabled = at === this.count - 1;
  }

  key(event) {
    if (event.target === this.slider || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const upAndDown = event.target.classList.contains("lines");
    const by = { ArrowLeft: -1, ArrowRight: 1, ...(upAndDown && { ArrowUp: -1, ArrowDown: 1 }) }[event.key];
    const step = by ? this.at() + by : { Home: 0, End: this.count - 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.go(step, by === 1);
  }
}
