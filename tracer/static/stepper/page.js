/* What the parts of the widget use of a page. */
const SVG = "http://www.w3.org/2000/svg";

const make = (tag, properties = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
};

/* What a reader chose, kept in the browser if it lets us. */
const remembered = (name) => {
  try { return localStorage.getItem(`stepper.${name}`); } catch { return null; }
};
const remember = (name, value) => {
  try { localStorage.setItem(`stepper.${name}`, value); } catch { /* the choice lasts as long as the page */ }
};

/* Scrolls a list, never the page. */
const keepInSight = (list, line) => {
  if (!line) return;
  const top = line.offsetTop, bottom = top + line.offsetHeight, margin = Math.min(48, list.clientHeight / 4);
  if (top < list.scrollTop + margin) list.scrollTop = top - margin;
  else if (bottom > list.scrollTop + list.clientHeight - margin) list.scrollTop = bottom - list.clientHeight + margin;
};
