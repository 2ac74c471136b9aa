/* Draws what came out of the sandbox. A program could have forged it, so it is read as data: elements, classes and
   attributes of a list (markup: tracer/html.py) are made anew, and everything else is text. */
const TAGS = new Set("SECTION P OL UL LI B I SMALL CODE VAR MARK DEL S SAMP STRONG".split(" "));
const CLASS = /^(stepper|short|w|g|x|t|k|s|m|c|nf|gone|transient|pending|persistent|deleted|detached)$/;
const ATTRIBUTES = {
  id: (value) => /^steps-program(-\d{1,4})?$/.test(value),
  class: (value) => value.split(/\s+/).every((name) => CLASS.test(name)),
  "data-l": (value) => /^\d{1,5}$/.test(value),
  "data-c": (value) => /^c\d{1,4}$/.test(value),
  "data-k": (value) => value.length < 400,
  "data-open": (value) => /^\d{1,4}$/.test(value),
  "aria-label": (value) => value.length < 200,
  hidden: () => true,
};
const LOOKALIKES = { "<": "‹", ">": "›", '"': "”" };  // the picture puts data into SVG

/** The listing as an element of this document, with its data; null if there is none. `program` is what a reader copies. */
export function redraw(html, program) {
  const parsed = new DOMParser().parseFromString(String(html), "text/html");  // inert: nothing in it runs or loads
  const found = parsed.body.firstElementChild;
  if (found?.tagName !== "SECTION") return null;
  const section = copy({ childNodes: [found] }, document.createElement("div")).firstElementChild;
  const ids = new Set();
  for (const element of section.querySelectorAll("[id]")) {
    if (ids.has(element.id)) element.removeAttribute("id");
    ids.add(element.id);
  }
  const data = dataOf(found.querySelector(":scope > script"));
  if (data) {
    const script = document.createElement("script");
    script.type = "application/json";
    script.textContent = JSON.stringify({ ...data, program, library: undefined }).replaceAll("<", "\\u003c");
    section.append(script);
  }
  return section;
}

/* `from` is read where it is: taken into this document, an image would load. */
function copy(from, into) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) into.append(node.data);
    if (node.nodeType !== Node.ELEMENT_NODE || node.tagName === "SCRIPT") continue;
    if (!TAGS.has(node.tagName)) { copy(node, into); continue; }
    const made = document.createElement(node.tagName);
    for (const { name, value } of node.attributes) if (ATTRIBUTES[name]?.(value)) made.setAttribute(name, value);
    into.append(made);
    copy(node, made);
  }
  return into;
}

function dataOf(script) {
  try { return plain(JSON.parse(script.textContent)); } catch { return null; }
}

const quiet = (text) => text.replace(/[<>"]/g, (sign) => LOOKALIKES[sign]);

function plain(value) {
  if (typeof value === "string") return quiet(value);
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== "__proto__").map(([key, one]) => [quiet(key), plain(one)]));
}
