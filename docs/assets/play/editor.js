/* A text field with colors behind it: the browser's own editing, undo, selection, screen reader and keyboard. */
const TOKEN = new RegExp([
  /(#[^\n]*)/,
  /((?:\b[rbfuRBFU]{1,2})?(?:"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?))/,
  /((?<=\bdef )\w+|(?<=\bclass )\w+)/,
  /(\b(?:and|as|assert|async|await|break|class|continue|def|del|elif|else|except|finally|for|from|global|if|import|in|is|lambda|match|nonlocal|not|or|pass|raise|return|try|while|with|yield)\b)/,
  /(\b\d[\d_.]*\b)/,
].map(({ source }) => source).join("|"), "g");
const KINDS = ["c", "s", "nf", "k", "m"];  // as in tracer/markup.py
const INDENT = "    ";
const ROWS = { least: 8, most: 30 };

export class Editor {
  constructor(area) {
    this.area = area;
    this.colors = Object.assign(document.createElement("pre"), { className: "colors", ariaHidden: "true" });
    area.before(this.colors);
    area.addEventListener("keydown", (event) => this.key(event));
    area.addEventListener("blur", () => { this.leaves = false; });
    area.addEventListener("input", () => this.paint());
    area.addEventListener("scroll", () => this.follow(), { passive: true });
    this.paint();
  }

  get value() { return this.area.value; }

  set value(text) {
    this.area.value = text;
    this.paint();
  }

  paint() {
    const { value } = this, parts = [];
    let end = 0;
    for (const match of value.matchAll(TOKEN)) {
      const kind = KINDS[match.slice(1).findIndex((group) => group !== undefined)];
      parts.push(value.slice(end, match.index), Object.assign(document.createElement("i"), { className: kind, textContent: match[0] }));
      end = match.index + match[0].length;
    }
    this.colors.replaceChildren(...parts, `${value.slice(end)}\n`);
    this.area.rows = Math.min(ROWS.most, Math.max(ROWS.least, value.split("\n").length + 1));
    this.follow();
  }

  follow() {
    this.colors.scrollTop = this.area.scrollTop;
    this.colors.scrollLeft = this.area.scrollLeft;
  }

  /** Select a line, counted from 1. */
  go(line) {
    const lines = this.value.split("\n"), start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    this.area.focus();
    this.area.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
    this.area.scrollTop = (line - 3) * parseFloat(getComputedStyle(this.area).lineHeight);
  }

  /* Tab indents; after Esc it leaves, as everywhere. */
  key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.key === "Shift") return;
    const leaves = this.leaves;
    this.leaves = event.key === "Escape";
    if (event.key === "Tab" && !leaves) {
      event.preventDefault();
      this.indent(event.shiftKey);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      const { selectionStart } = this.area, line = this.value.slice(0, selectionStart).split("\n").pop();
      insert(`\n${/^ */.exec(line)[0]}${/:\s*(#.*)?$/.test(line) ? INDENT : ""}`);
    }
  }

  indent(back) {
    const { area } = this, { selectionStart: from, selectionEnd: to, value } = area;
    if (from === to && !back) return insert(INDENT);
    const first = value.lastIndexOf("\n", from - 1) + 1, chosen = value.slice(first, to);
    const moved = back ? chosen.replace(/^ {1,4}/gm, "") : chosen.replace(/^(?=[^\n])/gm, INDENT);
    area.setSelectionRange(first, to);
    if (moved !== chosen) insert(moved);
    area.setSelectionRange(first, first + moved.length);
  }
}

/* By the one command that keeps the browser's undo. */
function insert(text) {
  document.execCommand("insertText", false, text);
}
