/* The program's lines, each once, in its order, with a mark for each statement that it sent. Marks have no text: who selects
   code copies code. */
const MOST_MARKS = 8;

const markFor = (one) => make("i", { className: one.verb.toLowerCase().split(" ")[0] });

class Code {
  constructor(items, steps, frames, words, choose) {
    const lines = new Map();
    for (const item of items.filter((each) => each.dataset.l)) {
      const number = Number(item.dataset.l);
      if (!lines.has(number)) lines.set(number, this.line(item));
      const step = steps.indexOf(item);
      if (step >= 0) lines.get(number).sent.push(...frames[step].sent);
    }
    this.lines = [...lines.keys()].sort((one, other) => one - other).map((number) => lines.get(number));
    for (const line of this.lines) {
      const marks = line.lastChild;
      marks.append(...line.sent.slice(0, line.sent.length > MOST_MARKS ? 1 : MOST_MARKS).map(markFor));
      if (line.sent.length > MOST_MARKS) marks.dataset.more = `×${line.sent.length}`;
    }
    this.element = make("ol", { className: "lines", tabIndex: 0, ariaLabel: words.code }, ...this.lines);
    this.element.onclick = (event) => {
      const line = event.target.closest("li");
      if (line && !String(getSelection())) choose(line.dataset.l);
    };
  }

  line(item) {
    const code = item.querySelector("code").cloneNode(true);
    code.innerHTML = code.innerHTML.replace(/[([.,](?=[^<>]*(?:<|$))/g, "$&<wbr>");
    // What does not fit goes on in a second line, which hangs. A string over several lines stays as it is.
    const rows = code.innerHTML.split("\n");
    if (rows.every((row) => row.split("<i").length === row.split("</i").length)) {
      code.replaceChildren(...rows.map((row) => {
        const block = make("span", { innerHTML: row });
        const hang = /^ */.exec(block.textContent)[0].length + 4;
        block.style.paddingInlineStart = `${hang}ch`;
        block.style.textIndent = `-${hang}ch`;
        return block;
      }));
    }
    const line = make("li", { className: item.className }, code, make("span", { ariaHidden: "true" }));
    line.dataset.l = item.dataset.l;
    line.classList.toggle("plain", !item.id);
    line.sent = [];
    return line;
  }

  show(number, asked = false) {
    for (const line of this.lines) {
      const here = line.dataset.l === number;
      line.classList.toggle("next", here && asked);
      if (here) line.setAttribute("aria-current", "step");
      else line.removeAttribute("aria-current");
    }
  }

  scroll() {
    keepInSight(this.element, this.lines.find((line) => line.hasAttribute("aria-current")));
  }
}
