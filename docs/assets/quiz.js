/* The questions of the quiz: answered one by one, in sets of as many as stand below a heading, each set after the one
   before. What was answered stays in the browser. The parts are those of the stepper's own questions (predict.js).
   Without this script each question has its answer below a fold. */
"use strict";
addEventListener("DOMContentLoaded", async () => {  // the stepper's script is there
  const { fill, loadPredict, make, remember, remembered } = globalThis.sessionStepper;
  const { ask, verdict, words } = await loadPredict();
  const bar = document.querySelector(".quiz-bar"), total = bar.querySelector("output"), again = bar.querySelector("button");
  const answers = JSON.parse(remembered("quiz") || "{}");  // by question: the number of the choice

  class Question {
    constructor(section, tell) {
      Object.assign(this, { section, tell });
      [this.program, this.list, this.details] = section.children;
      const right = this.details.querySelector("b").textContent.charCodeAt(0) - 65;
      const letters = [...this.list.children].map((_, index) => String.fromCharCode(65 + index));
      this.said = { right, choices: letters };
      this.asked = { right, skip: false, choices: letters.map((letter, index) =>
        make("span", {}, make("b", {}, letter), make("span", {}, ...this.list.children[index].cloneNode(true).childNodes))) };
      this.place = make("div", { className: "choices", role: "group", ariaLabel: this.program.textContent });
      this.yours = make("small", {}, ` ${bar.dataset.yours}`);
      this.reason = make("p", { tabIndex: -1 });
      this.reasons = [...this.details.querySelector("p").cloneNode(true).childNodes];
      const more = this.details.querySelector("div + div");  // what others see, what was raised
      this.answer = make("div", { className: "answer" }, this.reason, ...(more ? [more.cloneNode(true)] : []));
      section.append(this.place, this.answer);
    }

    get given() { return answers[this.section.id]; }

    get isRight() { return this.given === this.asked.right; }

    /* The question, or if it was answered, the verdict. */
    show() {
      const { section, given } = this, isOpen = given === undefined;
      this.yours.remove();
      section.classList.add("ready");
      section.classList.toggle("asks", isOpen);
      this.place.hidden = !isOpen;
      [...this.list.children].forEach((choice, index) => {
        choice.className = !isOpen && index === this.asked.right ? "right" : "";
        if (index === given) choice.append(this.yours);
      });
      if (isOpen) ask(this.place, this.asked, (index) => this.give(index));
      else this.reason.replaceChildren(verdict(this.said, given), " ", ...this.reasons);
    }

    give(index) {
      answers[this.section.id] = index;
      remember("quiz", JSON.stringify(answers));
      this.show();
      this.tell();
      this.reason.focus({ preventScroll: true });  // the button that had it is gone; and so the verdict is read out
    }
  }

  class Series {
    constructor(sections, tell) {
      this.tellAll = tell;
      this.questions = sections.map((section) => new Question(section, tell));
      this.open = make("p", { className: "series" }, this.button(bar.dataset.open, () => this.show(true)));
      this.score = make("span");
      this.end = make("p", { className: "series" }, this.score);
      sections[0].before(this.open);
      sections.at(-1).after(this.end);
    }

    button(text, onclick) { return make("button", { type: "button", onclick }, text); }

    get given() { return this.questions.filter((question) => question.given !== undefined).length; }

    get right() { return this.questions.filter((question) => question.isRight).length; }

    get isDone() { return this.given === this.questions.length; }

    show(isShown) {
      this.open.hidden = isShown;
      this.isShown = isShown;
      for (const question of this.questions) {
        question.section.hidden = !isShown;
        question.show();
      }
      this.tellAll();
    }

    tell() {
      this.end.hidden = !this.isShown || !this.isDone;
      this.score.textContent = fill(words.score, this.right, this.questions.length);
    }

    /* Leads to another series, whose first question takes the focus. */
    leadTo(series) {
      this.end.append(this.button(bar.dataset.next, () => {
        series.show(true);
        series.questions[0].section.scrollIntoView();
        series.questions[0].place.querySelector("button")?.focus({ preventScroll: true });
      }));
    }
  }

  const byHeading = new Map();
  let heading;
  for (const element of document.querySelectorAll("article h2, article section.predict")) {
    if (element.matches("h2")) heading = element;
    else byHeading.set(heading, [...(byHeading.get(heading) || []), element]);
  }
  let all = [];
  const tell = () => {
    const sum = (key) => all.reduce((before, series) => before + series[key], 0);
    total.textContent = sum("given") ? fill(words.score, sum("right"), sum("given")) : "";
    again.hidden = !sum("given");
    all.forEach((series) => series.tell());
  };
  all = [...byHeading.values()].map((sections) => new Series(sections, tell));
  all.slice(1).forEach((series, index) => all[index].leadTo(series));

  /* What was begun is open, and the first that is not done. */
  const start = () => {
    const next = all.find((series) => !series.isDone);
    for (const series of all) series.show(series === next || series.given > 0);
  };
  const reveal = () => {
    const asked = document.getElementById(location.hash.slice(1));
    if (!asked?.matches(".predict[hidden]")) return;
    all.find(({ questions }) => questions.some(({ section }) => section === asked)).show(true);
    asked.scrollIntoView();
  };
  again.onclick = () => {
    for (const id of Object.keys(answers)) delete answers[id];
    remember("quiz", "{}");
    start();
    all[0].questions[0].place.querySelector("button").focus({ preventScroll: true });
    bar.scrollIntoView();
  };
  start();
  bar.hidden = false;
  addEventListener("hashchange", reveal);
  reveal();
});
