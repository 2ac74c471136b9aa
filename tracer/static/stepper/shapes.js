/* Shapes: the SVG of an object, a row, a place, a sign. Knows no document, so nothing is measured: the width of a text is
   estimated from the number of its characters. */
const MONO = 0.605, SANS = 0;  // of its size; 0: each character its own, as in a wide font
const SHARES = [[/[\u2e80-\uffdc]/, 1], [/[ijlt.,:;'|()[\]fIr! ]/, 0.36], [/[mwMW]/, 0.9], [/[A-Z]/, 0.68], [/./, 0.61]];
const shareOf = (one) => SHARES.find(([kind]) => kind.test(one))[1];

const widthOf = (said, size = 12.5, factor = SANS) => size * [...said]
  .reduce((sum, one) => sum + (factor && one < "\u2e80" ? factor : shareOf(one)), 0);
const short = (said, width, size = 12.5, factor = SANS) => {
  if (widthOf(said, size, factor) <= width) return said;
  let cut = said;
  while (cut && widthOf(`${cut}…`, size, factor) > width) cut = cut.slice(0, -1);
  return `${cut.trimEnd()}…`;
};
const fill = (pattern, ...values) => pattern.replace(/\{(\d*)\}/g, (_, number) => values[number || 0]);
const esc = (said) => String(said).replace(/&/g, "&amp;").replace(/</g, "&lt;");
const text = (cls, x, y, said, more = "") => `<text class="${cls}" x="${x}" y="${y}"${more}>${esc(said)}</text>`;
const END = ' text-anchor="end"', MIDDLE = ' text-anchor="middle"';
const rect = (cls, x, y, w, h, r = 0) => `<rect class="${cls}" x="${x}" y="${y}" width="${Math.max(0, w)}" height="${Math.max(0, h)}" rx="${r}"/>`;
/* The first of these that has room; none, rather than a part of it. */
const fits = (all, width) => all.find((said) => widthOf(said, 12.5) <= width) || "";
/* A text that is never cut: it is set narrower if it must. */
const whole = (cls, x, y, width, said) => text(cls, x, y, said, widthOf(said) * (/bad|seal|state/.test(cls) ? 1.08 : 1) > width
  ? ` textLength="${Math.round(width)}" lengthAdjust="spacingAndGlyphs"` : "");

const markOf = (state, x, y) => ({
  transient: `<circle class="mark" cx="${x}" cy="${y}" r="4"/>`,
  pending: `<path class="mark" d="M${x - 5} ${y}l5 -5 5 5 -5 5z"/>`,
  persistent: `<circle class="mark full" cx="${x}" cy="${y}" r="5"/>`,
  deleted: `<path class="mark" d="M${x - 4} ${y - 4}l8 8m0 -8l-8 8"/>`,
  detached: `<rect class="mark" x="${x - 4}" y="${y - 4}" width="8" height="8"/>`,
})[state];
const outlineOf = (state, w, h) => (state === "pending" ? `<path class="skin" d="M8 0H${w - 8}L${w} ${h / 2}L${w - 8} ${h}H8L0 ${h / 2}Z"/>`
  : rect("skin", 0, 0, w, h, state === "transient" ? Math.min(h / 2, 18) : state === "detached" ? 0 : 8));

/* What is written on an object: its values, those that a flush would send if it has been changed, or that they expired;
   and lists, as how many they hold, only if `roomy`. */
const valuesOf = (frame, thing, width, words, roomy) => {
  const values = Object.entries(thing.values).filter(([key, value]) => !(Array.isArray(value) && !(roomy && value.length)) && !/_id$/.test(key));
  if (!values.length && thing.expired?.length) {
    const said = thing.state === "persistent" ? words.expired : words.expired_outside;
    return { cls: "quiet", said: fits([said, words.expired_short], width), factor: SANS };
  }
  const changed = thing.state === "persistent" ? values.filter(([key]) => thing.modified?.includes(key)) : [];
  const shown = changed.length ? changed : values;
  const named = ([key, value]) => (Array.isArray(value) ? `${key}: ${value.length}` : `${key}=${literal(value, frame)}`);
  const plain = ([key, value]) => (Array.isArray(value) ? named([key, value]) : literal(value, frame));
  const some = shown.filter(([key], at) => shown.length === 1 || key !== "id" || at);
  const all = [shown.map(named).join(", "), some.map(plain).join(" "), some.filter(([, value]) => !Array.isArray(value)).map(plain).join(" ")];
  const said = all.find((one) => widthOf(one, 12.5, MONO) <= width) ?? all[2];
  return { cls: `value${changed.length ? " changed" : ""}`, said, factor: MONO };
};

/* An object: its outline, mark and color say its state, in words where there is room. */
const token = (frame, label, w, h, words) => {
  const now = frame.objects[label], thing = now || frame.before.objects[label], { state } = thing, name = nameOf(frame, label);
  const word = now ? words.states[state] : words.gone;
  let body = outlineOf(state, w, h);
  if (h < 40) {
    const title = short(name, w - 30, 13, MONO);
    const left = 24 + widthOf(title, 13, MONO) + 8, free = w - left - 10;
    body += markOf(state, 14, h / 2) + text("name", 24, h / 2 + 4.5, title);
    const { cls, said, factor } = valuesOf(frame, thing, free, words);
    if (free > 30) body += text(cls, w - 10, h / 2 + 4.5, short(said, free, 12.5, factor), END);
  } else {
    const three = h > 50;
    const beside = !three && widthOf(name, 13, MONO) + widthOf(word, 12.5) < w - 48;
    body += markOf(state, 16, 15) + text("name", 26, 19.5, short(name, w - 30, 13, MONO));
    if (three) body += text("state", 12, 36, short(word, w - 20));
    else if (beside) body += text("state", w - 12, 19.5, word, END);
    // Of what was deleted, or nothing refers to, this says more than values.
    const { cls, said, factor } = (!now || state === "deleted") && !three && !beside ? { cls: "state", said: word }
      : valuesOf(frame, thing, w - 22, words, true);
    body += text(cls, 12, three ? 52 : 36, short(said, w - 22, 12.5, factor));
  }
  return { cls: `token ${state}${now ? "" : " lost"}`, body };
};

/* Where the cells of a table's rows stand. */
const cellsOf = (story, table, width) => {
  const { columns = [], widths = [] } = story.data.tables[table] || {};
  const total = widths.reduce((sum, one) => sum + one, 0) || 1;
  const scale = Math.min(12.5 * MONO * 1.6, width / total);
  let x = 0;
  return columns.map((column, at) => {
    const place = { column, x, w: Math.max(16, widths[at] * scale) };
    x += place.w;
    return place;
  });
};

/* A row: a flat card with the table's cells, and a sign for what a statement did to it. */
const card = (story, table, cells, w, h, sign = "", changed = []) => {
  const left = sign ? 24 : 10, places = cellsOf(story, table, w - left - 2);
  const at = h < 40 ? h / 2 + 4.5 : 18;
  let body = rect("skin", 0, 0, w, h, 4);
  if (sign) body += `<path class="sign" d="M4 0H20V${h}H4a4 4 0 0 1 -4 -4V4a4 4 0 0 1 4 -4Z"/>${text("op", 10, at + 0.5, sign, MIDDLE)}`;
  places.forEach(({ column, x, w: room }, index) => {
    if (cells[index] === undefined) return;
    const free = index === places.length - 1 ? w - left - x - 2 : room - 4;
    body += text(changed.includes(column) ? "cell changed" : "cell", left + x, at, short(literal(cells[index]), free, 12.5, MONO));
  });
  return body;
};
/* All cells of a row behind glass: those sent, upon those that others see. */
const cellsBehind = (story, frame, row) => {
  const { columns = [], key = 1 } = story.data.tables[row.table] || {};
  const seen = rowsOf(frame, row.table).find((cells) => cellsKey(story, row.table, cells) === String(row.key)) || [];
  return columns.map((column, at) => (column in row.cells ? row.cells[column] : at === 0 && key === 1 && row.key !== undefined ? row.key : seen[at]));
};

const signAt = (x, y, body) => `<g class="sign" transform="translate(${x} ${y})">${body}</g>`;
const SIGNS = { "+": "+", "~": "~", "-": "−" };
const KINDS = { "+": "made", "~": "edited", "-": "removed" };
const EYE = '<path class="line" d="M0 6Q8 -4 16 6Q8 16 0 6Z"/><circle class="full" cx="8" cy="6" r="2.6"/>';
const SHUT_EYE = '<path class="line" d="M0 3q8 9 16 0m-13 4l-2 3m7 -1v4m5 -6l2 3"/>';
const lock = (open) => `${rect("full", 0, 6, 12, 9, 1.5)}<path class="line" d="M2.5 6V4a3.5 3.5 0 0 1 7 ${open ? -1 : "0v2"}"/>`;
