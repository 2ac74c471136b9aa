/* Shows in the dialog what is found. The results are links in a list; arrow keys lead from the field to them and back. */

const PAUSE = 60;  // ms without a key, after which is searched
const QUIET = 700;  // ms after which screen readers are told what was found

export class Box {
  #words; #site; #engine; #field; #list; #status; #note; #nothing; #waiting; #telling;

  /** `site`: the address of the site of this language. */
  constructor(dialog, site, engine) {
    this.#words = dialog.dataset;
    this.#site = site;
    this.#engine = engine;
    this.#field = dialog.querySelector("input");
    this.#list = dialog.querySelector("ol");
    this.#status = dialog.querySelector("[role=status]");
    this.#note = dialog.querySelector(".search-note");
    this.#nothing = dialog.querySelector(".search-nothing");
    const wait = (event) => {
      clearTimeout(this.#waiting);
      if (!event.isComposing) this.#waiting = setTimeout(() => this.show(), PAUSE);  // Pinyin is not what is meant
    };
    this.#field.addEventListener("input", wait);
    this.#field.addEventListener("compositionend", wait);
    dialog.addEventListener("keydown", (event) => this.#move(event));
  }

  /** Show what is found for what stands in the field. */
  show() {
    clearTimeout(this.#waiting);
    const query = this.#field.value.trim();
    const { results, misspelt } = query ? this.#engine.search(query) : { results: [], misspelt: [] };
    const focused = this.#links.indexOf(document.activeElement), place = this.#links[focused]?.href;
    this.#list.replaceChildren(...results.map((result) => this.#item(result)));
    if (focused >= 0) (this.#links.find((link) => link.href === place) ?? this.#links[0] ?? this.#field).focus();
    this.#note.replaceChildren(...misspelt.map((pair) => this.#offer(...pair)));
    this.#nothing.hidden = !query || results.length > 0;
    if (!query) this.#tell(this.#words.hint);
    else if (!results.length) this.#tell(this.#words.none);
    else this.#tell(this.#words[results.length === 1 ? "one" : "many"].replace("{}", results.length));
  }

  /* Screen readers are told when the reader has stopped typing. */
  #tell(text) {
    clearTimeout(this.#telling);
    this.#telling = setTimeout(() => { this.#status.textContent = text; }, this.#list.children.length ? QUIET : QUIET / 2);
  }

  #item({ url, title, heading, context }) {
    const item = document.createElement("li"), link = document.createElement("a");
    link.href = new URL(url, this.#site).href;
    link.append(part("search-title", title), ...(heading.length ? [part("search-heading", heading)] : []), part("search-context", context));
    item.append(link);
    return item;
  }

  /* The nearest name to one that no page has. */
  #offer(typed, nearest) {
    const line = document.createElement("p"), button = document.createElement("button");
    const [before, between, after] = this.#words.misspelt.split(/\{\w+\}/);
    button.type = "button";
    button.textContent = nearest;
    button.addEventListener("click", () => {
      this.#field.value = this.#field.value.replace(typed, nearest);
      this.#field.focus();
      this.show();
    });
    line.append(before, typed, between, button, after);
    return line;
  }

  get #links() {
    return [...this.#list.querySelectorAll("a")];
  }

  #move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const stops = [this.#field, ...this.#links], at = stops.indexOf(document.activeElement);
    if (at < 0) return;
    event.preventDefault();
    stops[(at + step + stops.length) % stops.length].focus();
  }
}

/* A part of a result, with what was searched marked. */
function part(name, texts) {
  const element = document.createElement("span");
  element.className = name;
  element.append(...texts.map(([text, searched]) => {
    if (!searched) return text;
    const mark = document.createElement("mark");
    mark.textContent = text;
    return mark;
  }));
  return element;
}
