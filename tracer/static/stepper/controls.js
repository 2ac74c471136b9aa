/* The bar: buttons, a line of all steps, and a link to the one that is shown. */
const ICONS = {
  first: "M5 5v10M14 5l-5 5 5 5", prev: "M12 5l-5 5 5 5", play: "M6 4v12l10-6z", pause: "M7 5v10M13 5v10",
  next: "M8 5l5 5-5 5", last: "M15 5v10M6 5l5 5-5 5",
};
const SECONDS_A_STEP = 2.4;

const kindOf = ({ errors, stop, writes, reads }) => (errors.length ? "error" : stop.commits ? "commit" : writes ? "write" : reads ? "select" : stop.rollbacks ? "undo" : "");

class Controls {
  /* `go(step, byNext)` shows a step; `at()` is the one that is shown. */
  constructor(frames, words, at, go) {
    Object.assign(this, { words, at, go, count: frames.length, buttons: {} });
    const to = { first: () => 0, prev: () => at() - 1, play: null, next: () => at() + 1, last: () => this.count - 1 };
    for (const [name, step] of Object.entries(to)) {
      const button = make("button", { type: "button", className: name });
      button.onclick = step ? () => { this.pause(); go(step(), name === "next"); } : () => (this.timer ? this.pause() : this.play());
      this.buttons[name] = button;
      this.icon(name, name);
    }
    this.slider = make("input", { type: "range", min: 1, max: this.count, value: 1, ariaLabel: words.step });
    this.slider.oninput = () => { this.pause(); go(this.slider.value - 1); };
    this.beads = frames.map((frame) => make("i", { className: `${kindOf(frame)}${frame.sent.length ? " tall" : ""}` }));
    this.time = make("div", { className: "time" }, this.slider, ...this.beads);
    this.time.onpointerdown = this.time.onpointermove = (event) => this.seek(event);
    this.number = make("span", { className: "number", ariaHidden: "true" });
    this.link = make("a", {}, words.link);
    this.element = make("div", { className: "bar" }, ...Object.values(this.buttons), this.time, this.number, this.link);
  }

  icon(button, name) {
    this.buttons[button].innerHTML = `<svg viewBox="0 0 20 20" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;
    this.buttons[button].title = this.buttons[button].ariaLabel = this.words[name];
  }

  seek(event) {
    if (event.type === "pointermove" && !event.buttons) return;
    const { left, width } = this.time.getBoundingClientRect();
    const step = Math.floor(((event.clientX - left) / width) * this.count);
    this.pause();
    if (step !== this.at()) this.go(step);
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
    for (const name of ["first", "prev"]) this.buttons[name].ariaDisabled = at === 0;
    for (const name of ["next", "last"]) this.buttons[name].ariaDisabled = at === this.count - 1;
  }

  key(event) {
    if (event.target === this.slider || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const upAndDown = event.target.classList.contains("lines");
    const by = { ArrowLeft: -1, ArrowRight: 1, ...(upAndDown && { ArrowUp: -1, ArrowDown: 1 }) }[event.key];
    const step = by ? this.at() + by : { Home: 0, End: this.count - 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.pause();
    this.go(step, by === 1);
  }

  play() {
    if (this.at() === this.count - 1) this.go(0);
    this.timer = setInterval(() => {
      this.go(this.at() + 1, true);
      if (this.at() === this.count - 1) this.pause();
    }, SECONDS_A_STEP * 1000);
    this.icon("play", "pause");
  }

  pause() {
    if (!this.timer) return;
    clearInterval(this.timer);
    this.timer = 0;
    this.icon("play", "play");
  }
}
