/* Turns the annotated listings of a page (markup: tracer/html.py) into steppers. Without it the listings stay.
   A stepper is built when it is open and comes near, so that a page full of them loads as fast as one without. */
"use strict";

{
  const WORDS = {};  // filled in from locale/ by html.py
  const ICONS = {
    first: "M5 5v10M14 5l-5 5 5 5", prev: "M12 5l-5 5 5 5", play: "M6 4v12l10-6z", pause: "M7 5v10M13 5v10",
    next: "M8 5l5 5-5 5", last: "M15 5v10M6 5l5 5-5 5",
  };
  const PANELS = ["sql", "o", "s", "t", "p"];
  const SECONDS_A_STEP = 2;
  const phone = matchMedia("(max-width: 44.9375em)");

  const make = (tag, properties = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (name in element) element[name] = value;
      else element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  };

  class Stepper {
    constructor(section, open) {
      this.section = section;
      this.words = WORDS[section.closest("[lang]").lang.slice(0, 2)] || WORDS.en;
      const title = section.querySelector("p > b");
      this.button = make("button", { type: "button", onclick: () => this.toggle() }, ...title.childNodes);
      this.button.setAttribute("aria-expanded", open);
      title.replaceWith(this.button);
      this.open = open;
      if (!open) section.classList.add("ready");
    }

    toggle(open = !this.open) {
      this.open = open;
      if (open) this.build();
      else this.pause();
      if (this.ui) this.ui.hidden = !open;
      this.button.setAttribute("aria-expanded", open);
    }

    /* Reads the listing and makes the code, the buttons and the panels of it. */
    build() {
      if (this.ui) return;
      const { section, words } = this;
      const items = [...section.querySelectorAll(":scope > ol > li")];
      this.steps = items.filter((item) => item.id);
      this.facts = items.filter((item) => !item.classList.contains("w") || item === items[0]).flatMap((item) =>
        [...item.querySelectorAll("[data-k]")].map((fact) => (
          { fact, keys: fact.dataset.k.split(" "), step: this.steps.indexOf(item) })));

      this.lines = make("ol", { className: "lines", tabIndex: 0, ariaLabel: words.code }, ...this.copyLines(items));
      this.lines.onclick = (event) => this.clickLine(event.target.closest("li"));
      this.told = make("p");
      this.told.setAttribute("aria-live", "polite");
      this.ui = make("div", { className: "ui" }, this.lines, this.makeBar(), make("div", { className: "told" }, this.told),
        this.makePanels());
      this.ui.onkeydown = (event) => this.key(event);
      // Before it is in the page: the first sentence is not announced.
      this.show(Number(section.dataset.open || 1) - 1);
      section.append(this.ui);
      section.classList.add("ready");
    }

    /* Each line of the source once, in its order, with a tag of what it sent. */
    copyLines(items) {
      const lines = new Map();
      for (const item of items.filter((item) => item.dataset.l)) {
        const number = Number(item.dataset.l);
        if (!lines.has(number)) {
          const line = make("li", {}, item.querySelector("code").cloneNode(true));
          line.dataset.l = number;
          line.sent = new Map();
          line.className = item.className;
          line.classList.toggle("plain", !item.id);
          lines.set(number, line);
        }
        for (const fact of item.querySelectorAll("[data-c]")) {
          const said = [...fact.querySelectorAll(":scope > b")].map((word) => word.textContent).join(" ");
          const { sent } = lines.get(number);
          if (said) sent.set(said, (sent.get(said) || 0) + 1);
        }
      }
      for (const line of lines.values()) {
        const said = [...line.sent].map(([what, times]) => (times > 1 ? `${times} × ${what}` : what));
        if (said.length) line.append(make("span", {}, said.slice(0, 3).join(" · ") + (said.length > 3 ? " …" : "")));
      }
      return [...lines.keys()].sort((one, other) => one - other).map((number) => lines.get(number));
    }

    makeBar() {
      const { words } = this;
      const go = {
        first: () => 0, prev: () => this.at - 1, play: null, next: () => this.at + 1, last: () => this.steps.length - 1,
      };
      this.buttons = {};
      for (const name of Object.keys(go)) {
        const button = make("button", { type: "button", className: name });
        button.onclick = go[name] ? () => { this.pause(); this.show(go[name]()); } : () => this.play();
        this.buttons[name] = button;
        this.icon(name, name);
      }
      this.slider = make("input", { type: "range", min: 1, max: this.steps.length, value: 1, ariaLabel: words.step });
      this.slider.oninput = () => { this.pause(); this.show(this.slider.value - 1); };
      this.link = make("a");
      return make("div", { className: "bar" }, ...Object.values(this.buttons), this.slider, this.link);
    }

    icon(button, name) {
      this.buttons[button].innerHTML = `<svg viewBox="0 0 20 20" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;
      this.buttons[button].title = this.buttons[button].ariaLabel = this.words[name];
    }

    makePanels() {
      const printed = this.section.querySelector(":scope > ol :is([data-k=p], .x)");
      this.panels = {};
      for (const name of PANELS.filter((name) => name !== "p" || printed)) {
        this.panels[name] = make("details", { className: name, open: true },
          make("summary", {}, this.words[name]), make("ul"));
      }
      return make("div", { className: "panels" }, ...Object.values(this.panels));
    }

    /* The panels at a step: of each thing the last fact until then, lit if it is of this very step. */
    show(step) {
      this.ui.classList.toggle("moved", this.at !== undefined);  // what changes is lit, but not while the page loads
      this.at = Math.max(0, Math.min(this.steps.length - 1, step));
      const item = this.steps[this.at];
      const now = new Map();
      for (const { fact, keys, step } of this.facts) {
        if (step > this.at) break;
        const gone = fact.classList.contains("gone");
        for (const key of keys) {
          if (gone && (step < this.at || fact.hidden)) now.delete(key);
          else now.set(key, { fact, lit: step === this.at });
        }
      }
      const content = { sql: [], o: [], s: [], c: [], t: [], p: [] };
      for (const fact of item.querySelectorAll("[data-c]")) content.sql.push(this.statement(fact));
      const code = item.querySelector("code").textContent;
      const seen = new Set();
      for (const [key, { fact, lit }] of now) {
        if (seen.has(fact)) continue;  // one fact may speak of several things
        seen.add(fact);
        const copy = fact.cloneNode(true);
        const name = copy.querySelector("b")?.textContent;
        const active = key[0] === "s" && new RegExp(`\\b${name}\\b`).test(code);
        copy.className = lit ? "lit" : active ? "active" : "quiet";
        if (key[0] === "s") this.complete(copy);
        content[key[0]].push(copy);
      }
      content.s.push(...content.c);
      content.p.push(...[...item.querySelectorAll(".x")].map((fact) => fact.cloneNode(true)));
      for (const [name, panel] of Object.entries(this.panels)) {
        const list = panel.lastChild;
        list.replaceChildren(...(content[name].length ? content[name] : [make("li")]));
        const changed = content[name].some((fact) => !fact.classList.contains("quiet"));
        panel.open = !phone.matches || changed;
        panel.firstChild.tabIndex = phone.matches ? 0 : -1;  // only there it is of use to close them
      }

      for (const line of this.lines.children) {
        if (line.dataset.l === item.dataset.l) line.setAttribute("aria-current", "step");
        else line.removeAttribute("aria-current");
      }
      this.keepInSight(this.lines.querySelector("[aria-current]"));
      this.told.replaceChildren(...this.note(item), ...item.querySelector("p").cloneNode(true).childNodes);
      this.slider.value = this.at + 1;
      this.slider.setAttribute("aria-valuetext", `${this.at + 1} / ${this.steps.length}`);
      this.link.textContent = `${this.at + 1} / ${this.steps.length}`;
      this.link.href = `#${item.id}`;
      this.link.title = this.words.link;
      // Not disabled: that would take the focus from whoever has just pressed it.
      for (const name of ["first", "prev"]) this.buttons[name].ariaDisabled = this.at === 0;
      for (const name of ["next", "last"]) this.buttons[name].ariaDisabled = this.at === this.steps.length - 1;
    }

    /* The thread or task, which the listing names where it changes, and whether a line is left or goes on. */
    note(item) {
      const tasks = this.steps.slice(0, this.at + 1).map((step) => step.querySelector(":scope > .t"));
      const notes = [tasks.findLast(Boolean), item.querySelector(":scope > small:not(.t)")].filter(Boolean);
      return notes.length ? [make("small", {}, notes.map((note) => note.textContent).join(" · ")), " "] : [];
    }

    /* A Session with a place for what it does not hold, so that the rest keeps its own. */
    complete(copy) {
      const titles = [...copy.querySelectorAll("i")];
      let place = titles[0];
      for (const name of place ? ["new", "dirty"] : []) {
        if (titles.some((title) => title.textContent === name)) {
          place = titles[titles.findIndex((title) => title.textContent === name) + 1];
        } else {
          place.before(make("i", {}, name), " – ");
        }
      }
    }

    /* A statement with its list of columns behind a button. */
    statement(fact) {
      const copy = fact.cloneNode(true);
      const columns = copy.querySelector(":scope > i");
      if (columns) {
        const more = make("button", { type: "button", className: "more", title: this.words.columns }, "…");
        more.setAttribute("aria-expanded", false);
        more.onclick = () => { columns.hidden = !columns.hidden; more.setAttribute("aria-expanded", !columns.hidden); };
        columns.hidden = true;
        columns.before(more);
      }
      return copy;
    }

    /* Scrolls the code, never the page. */
    keepInSight(line) {
      const { lines } = this;
      const top = line.offsetTop, bottom = top + line.offsetHeight;
      if (top < lines.scrollTop + 24) lines.scrollTop = top - 24;
      else if (bottom > lines.scrollTop + lines.clientHeight - 24) lines.scrollTop = bottom - lines.clientHeight + 24;
    }

    /* To the next run of this line, or its first one. */
    clickLine(line) {
      const runs = line ? this.steps.map((step, at) => (step.dataset.l === line.dataset.l ? at : -1)).filter((at) => at >= 0) : [];
      if (!runs.length) return;
      this.pause();
      this.show(runs.find((at) => at > this.at) ?? runs[0]);
    }

    key(event) {
      if (event.target === this.slider || event.altKey || event.ctrlKey || event.metaKey) return;
      const inLines = event.target === this.lines;
      const to = { ArrowLeft: this.at - 1, ArrowRight: this.at + 1, Home: 0, End: this.steps.length - 1,
        ...(inLines && { ArrowUp: this.at - 1, ArrowDown: this.at + 1 }) }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      this.pause();
      this.show(to);
    }

    play() {
      if (this.timer) return this.pause();
      if (this.at === this.steps.length - 1) this.show(0);
      this.icon("play", "pause");
      this.timer = setInterval(() => {
        this.show(this.at + 1);
        if (this.at === this.steps.length - 1) this.pause();
      }, SECONDS_A_STEP * 1000);
    }

    pause() {
      if (!this.timer) return;
      clearInterval(this.timer);
      this.timer = 0;
      this.icon("play", "play");
    }
  }

  const steppers = new Map();
  const build = (entries) => {
    for (const { target, isIntersecting } of entries) {
      const stepper = steppers.get(target);
      if (!isIntersecting || !stepper.open || stepper.ui) continue;
      // It took more room, or less, than it needs: what is read below it stays where it is.
      const { bottom } = target.getBoundingClientRect();
      stepper.build();
      if (bottom < innerHeight / 2) scrollBy({ top: target.getBoundingClientRect().bottom - bottom, behavior: "instant" });
    }
  };
  const inSight = new IntersectionObserver(build);
  const near = new IntersectionObserver(build, { rootMargin: "30% 0px" });
  for (const section of document.querySelectorAll(".stepper")) {
    const first = !steppers.size;
    steppers.set(section, new Stepper(section, first));
    if (!first) continue;
    inSight.observe(section);
    addEventListener("scroll", () => near.observe(section), { once: true, passive: true });
  }

  /* An address that ends in #steps-story-5 opens that step. */
  const follow = () => {
    const [, id, step] = /^#(steps-.+?)(?:-(\d+))?$/.exec(decodeURIComponent(location.hash)) || [];
    const section = id && document.getElementById(id);
    if (!steppers.has(section)) return;
    const stepper = steppers.get(section);
    const tab = section.closest(".tabbed-block");  // of a story that differs elsewhere: tools/tables/stepper.py
    if (tab) tab.closest(".tabbed-set").children[[...tab.parentElement.children].indexOf(tab)].checked = true;
    stepper.toggle(true);
    if (step) stepper.show(step - 1);
    section.scrollIntoView();
  };
  addEventListener("hashchange", follow);
  if (location.hash.startsWith("#steps-")) follow();
}
