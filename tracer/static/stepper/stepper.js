/* A stepper: the listing of a story (markup: tracer/html.py) and its data, shown step by step. */
class Stepper {
  constructor(section) {
    this.section = section;
    this.words = CATALOGUE[(section.closest("[lang]")?.lang || "en").slice(0, 2)] || Object.values(CATALOGUE)[0];
  }

  build() {
    if (this.ui) return;
    const { section, words } = this;
    const items = [...section.querySelectorAll(":scope > ol > li")];
    this.steps = items.filter((item) => item.id);
    const data = JSON.parse(section.querySelector("script").textContent);
    this.story = prepare(data);
    const { frames } = this.story;
    const choose = (step) => this.show(step, true);
    this.code = new Code(items, this.steps, frames, words, (number) => this.chooseLine(number));
    this.log = new Log(this.steps, frames, words, choose);
    this.sentence = new Sentence(this.steps, frames);
    this.picture = new Picture(this.story, words);
    this.controls = new Controls(frames, words, () => this.at, (step, byNext) => this.go(step, byNext));
    this.paper = make("div", { className: "paper" });
    this.ui = make("div", { className: "ui" }, make("div", { className: "left" }, this.code.element, this.log.element),
      this.sentence.element, this.picture.element, this.paper, this.makeFoot(data), this.controls.element);
    this.ui.onkeydown = (event) => this.controls.key(event);
    this.makeHead(data);
    section.append(this.ui);
    section.classList.add("ready");
    this.show(section.dataset.open ? section.dataset.open - 1 : data.open);
    new ResizeObserver(() => this.resize()).observe(this.picture.element);
    if (remembered("predict") === "on") this.setPredict(true);
  }

  makeHead(data) {
    const { words } = this;
    const choose = (name) => { remember("mode", name); this.setMode(name); };
    this.modes = ["one", "all"].map((name) => make("button", { type: "button", onclick: () => choose(name) }, words[name]));
    this.predict = make("button", { type: "button", className: "predict", ariaPressed: "false", onclick: () => {
      const on = this.predict.ariaPressed !== "true";
      remember("predict", on ? "on" : "off");
      this.setPredict(on);
    } }, words.predict);
    this.section.querySelector(":scope > p").append(this.predict, make("span", { className: "modes" }, ...this.modes));
    this.setMode(remembered("mode") === "all" ? "all" : "one");
  }

  /* The key: states, the other marks, those of the line of steps; and what one takes along. */
  makeFoot(data) {
    const { states, key } = this.words;
    const marks = [["lit", "▢"], ["c1", "c1"], ["sql", "▮", "SQL"], ["commit", "◆", "COMMIT"], ["delete", "●"], ["label", "Author A"]]
      .map(([name, mark, said = key[name]]) => make("span", {}, make("i", { className: name, "data-c": name }, mark), said));
    return make("div", { className: "key" }, ...STATES.map((state) => make("span", { className: state }, states[state])),
      make("span", {}, key.expired), ...marks, make("span", { className: "program" }, ...programButtons(data, this.words)));
  }

  setMode(name) {
    this.section.classList.toggle("all", name === "all");
    this.modes.forEach((button, index) => { button.ariaPressed = String((index === 1) === (name === "all")); });
  }

  /* To a step, unless it is to be predicted first. */
  go(step, byNext) {
    const to = Math.max(0, Math.min(this.steps.length - 1, step));
    if (this.prediction?.stops(to, byNext && to > this.at)) return;
    this.show(to, true);
  }

  show(step, byReader) {
    const at = Math.max(0, Math.min(this.steps.length - 1, Number(step) || 0)), item = this.steps[at];
    this.at = at;
    this.prediction?.leave();
    this.code.show(item.dataset.l);
    this.sentence.show(at);
    this.log.show(at);
    this.controls.show(at, `#${item.id}`);
    this.picture.show(at);
    this.code.scroll();  // after all that changes the page, so that it is laid out once
    this.log.scroll();
    if (byReader) writeAddress(item.id);
  }

  /* The run of a line after the one that is shown, or its first. */
  chooseLine(number) {
    const runs = this.steps.flatMap((step, at) => (step.dataset.l === number ? [at] : []));
    if (!runs.length) return;
    this.show(runs.find((at) => at > this.at) ?? runs[0], true);
  }

  resize() {
    const map = this.picture.element, width = map.clientWidth;
    if (!width) return;
    const style = getComputedStyle(this.ui), isNarrow = style.getPropertyValue("--map").trim() === "down";
    if (this.width !== width) {
      this.width = width;
      const { element } = this.sentence, high = this.sentence.tallest(this.at) + 20;
      this.ui.style.setProperty("--told", `${high}px`);
      element.tabIndex = high > element.offsetHeight ? 0 : -1;  // one scrolls with the keys what does not fit
    }
    const taken = parseFloat(style.getPropertyValue("--taken")) + this.sentence.element.offsetHeight;
    const height = isNarrow ? Math.max(300, innerHeight - taken) : map.clientHeight;
    if (this.picture.resize(width, height, isNarrow)) this.picture.show(this.at, true);
  }

  /* Paper has a still frame, and the listing. */
  print() {
    this.build();
    const geometry = fit(this.story, 800, 420), body = drawStill(this.story, this.at, geometry, this.words);
    this.paper.innerHTML = `<svg class="still" viewBox="0 0 800 ${geometry.H}">${body}</svg>`;
  }

  /* Predict first: its code comes when it is asked for. */
  async setPredict(on) {
    this.predict.ariaPressed = String(on);
    this.ui.classList.toggle("guess", on);
    this.prediction?.leave();
    this.prediction = undefined;
    if (!on) return this.show(this.at);
    const { Prediction } = await loadPredict();
    this.prediction = new Prediction(this);
    this.setMode("one");
    this.show(0);
  }
}
