/* Predict first: a question before a step that surprises, made from what was recorded. Loaded when a reader asks for it.
   `ask()` shows any question, so that a quiz page uses the same part: { text, choices, right, note? }. */
const { STATES, nameOf, make, fill, remember, remembered } = globalThis.sessionStepper;
const quiz = QUIZ[(document.documentElement.lang || "en").slice(0, 2)] || Object.values(QUIZ)[0];
// A sheet that a script makes is allowed where inline styles are not.
const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);
document.adoptedStyleSheets.push(sheet);

const MOST = { who: 2, state: 3, count: 3 };  // questions of a kind in a story

/* Shows a question in a place; `done(index)` is called with the answer, or with none if the reader only wants to see.
   While the focus is in the section around it, the keys 1, 2, 3 and a, b, c answer, too. */
const ask = (place, question, done) => {
  const choices = question.choices.map((choice, index) => make("button", { type: "button", onclick: () => done(index) }, choice));
  if (question.skip !== false) choices.push(make("button", { type: "button", className: "skip", onclick: () => done() }, quiz.skip));
  place.replaceChildren(...choices);
  place.hidden = false;
  place.closest("section").onkeydown = ({ key, altKey, ctrlKey, metaKey }) => {
    const index = key.length === 1 ? Math.max("123456".indexOf(key), "abcdef".indexOf(key.toLowerCase())) : -1;
    if (!place.hidden && question.choices[index] && !altKey && !ctrlKey && !metaKey) done(index);
  };
};

/* The verdict on an answer, a sentence. */
const verdict = (question, index) => {
  const right = index === question.right;
  return make("span", { className: right ? "verdict right" : "verdict" }, fill(right ? quiz.right : quiz.wrong, question.choices[question.right]));
};

/* A score that stays in the browser: [right, asked]. */
const score = (name, right) => {
  const was = JSON.parse(remembered(`score.${name}`) || "[0,0]");
  const now = [was[0] + (right ? 1 : 0), was[1] + 1];
  remember(`score.${name}`, JSON.stringify(now));
  return now;
};

/* The question that a frame raises, if any. */
const questionOf = (frame, words, often) => {
  const said = quiz, { stop, sent, writes } = frame;
  if (writes && often("who")) {
    return { kind: "who", text: said.who, choices: [said.who_all, said.who_self, said.who_none], right: stop.commits ? 0 : 1 };
  }
  const was = (label) => frame.before.objects[label]?.state, now = (label) => frame.objects[label].state;
  const moved = Object.keys(frame.objects).find((label) => was(label) && was(label) !== now(label) && !/ /.test(nameOf(frame, label)));
  if (moved && often("state")) {
    const pair = [was(moved), now(moved)];
    const others = STATES.filter((state) => !pair.includes(state)).slice(0, 2);
    const choices = STATES.filter((state) => pair.includes(state) || others.includes(state));
    const right = choices.indexOf(now(moved));
    return { kind: "state", text: fill(said.state, nameOf(frame, moved)), choices: choices.map((state) => words.states[state]), right };
  }
  const call = stop.call || "", quietly = /^(add|delete|merge|commit|rollback)$/.test(call);
  const surprises = sent.length ? sent.length > 2 || !/^(flush|execute|scalars?)$/.test(call) : quietly;
  if (!surprises || !often("count")) return undefined;
  const numbers = [...new Set([0, 1, sent.length, sent.length + 1, 2])].slice(0, 4).sort((one, other) => one - other);
  const choices = numbers.map((number) => (number ? String(number) : said.none));
  return { kind: "count", text: said.count, note: said.count_note, choices, right: numbers.indexOf(sent.length) };
};

class Prediction {
  constructor(stepper) {
    Object.assign(this, { stepper, asked: new Map() });
  }

  often(kind) {
    return [...this.asked.values()].filter((one) => one.kind === kind).length < MOST[kind];
  }

  /* Whether the reader is asked before that step. Next, while a question stands, shows the answer. */
  stops(to, forward) {
    if (this.question && forward) return this.answer() || true;
    if (!forward || this.asked.has(to)) return false;
    const question = questionOf(this.stepper.story.frames[to], this.stepper.words, (kind) => this.often(kind));
    if (!question) return false;
    const { sentence, code, steps, ui, words } = this.stepper;
    Object.assign(this, { question, to });
    ui.classList.add("asks");
    code.show(steps[to].dataset.l, true);
    code.scroll();
    sentence.told.replaceChildren(make("strong", {}, question.text), ...(question.note ? [" ", make("span", {}, question.note)] : []));
    sentence.notes.replaceChildren();
    ask(sentence.quiz, question, (index) => this.answer(index));
    return true;
  }

  answer(index) {
    const { question, to, stepper } = this, { sentence, controls } = stepper;
    const focused = sentence.quiz.contains(document.activeElement);
    this.asked.set(to, question);
    this.leave();
    stepper.show(to, true);
    if (focused) controls.buttons.next.focus({ preventScroll: true });  // the button that had it is gone
    if (index === undefined) return;
    const [right, all] = score(stepper.section.id, index === question.right);
    sentence.told.prepend(verdict(question, index), " ");
    sentence.notes.append(make("span", { className: "score" }, fill(quiz.score, right, all)));
  }

  leave() {
    this.question = undefined;
    this.stepper.ui.classList.remove("asks");
    this.stepper.sentence.quiz.hidden = true;
  }
}

globalThis.sessionStepper.predict = { Prediction, ask, verdict, score, questionOf, words: quiz };
