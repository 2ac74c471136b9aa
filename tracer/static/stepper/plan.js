/* Plan: every shape of a frame, with its place. A shape is { key, layer, x, y, w, h, cls, body }; a key stays with a thing
   from frame to frame, so that it can move. Knows no document. */

/* The borders between the lands, each with the call that it is when nothing crosses it. */
const BORDERS = [["add", "add()"], ["flush", "flush()"], ["commit", "commit()"]];

const plan = (story, at, geometry, words) => {
  const frame = story.frames[at], { columns, boxes, program } = contents(story, frame);
  const { level, lanes, slots, others, narrow: small } = geometry, lineTops = [];
  const shapes = [], places = new Map(), threads = [];
  const put = (key, layer, x, y, w, h, cls, body, more) => {
    const shape = { key, layer, x: Math.round(x), y: Math.round(y), w: Math.round(w), h, cls, body, ...more };
    shapes.push(shape);
    places.set(key, shape);
    return shape;
  };
  const more = (key, x, y, w, h, said, lit, covers, cls = "", color = "") => {
    const shape = put(key, 3, x, y, w, h, `group ${cls}${lit ? " lit" : ""}`, `<g${color}>${rect("skin back", 4, -3, w - 8, h, 6)}${rect("skin", 0, 0, w, h, 6)}</g>${text("count", w / 2, h / 2 + 4.5, short(said, w - 12, 13, SANS), MIDDLE)}`);
    for (const one of covers) places.set(one, shape);
  };
  const c = { story, frame, columns, boxes, level, words, small, put, more, places };

  for (const name of LANES) {
    const { x, y, w, h } = lanes[name], eye = name === "others";
    const dy = small ? -9 : -48;
    put(`lane ${name}`, 0, x, y, w, h, `lane ${name}`, rect("ground", 0, 0, w, h, 10) + (eye ? `<g class="sign" transform="translate(2 ${dy - 11})">${EYE}</g>` : "") + text("title", eye ? 24 : 2, dy, words.lanes[name]));
  }
  BORDERS.forEach(([name, idle], index) => {
    const [said, way, bad] = frame.stop.crossed?.[name] || [];
    const label = !said ? idle : way > 0 ? `${said} ${small ? "▾" : "▸"}` : way < 0 ? `${small ? "▴" : "◂"} ${said}` : said;
    const w = Math.ceil(widthOf(label, 13, 0.58)) + 22, pill = geometry.pills[index];
    const x = small ? pill.right - w / 2 : Math.max(w / 2, Math.min(geometry.W - w / 2, pill.x));
    const cls = `border${said ? " crossed" : ""}${bad ? " bad" : ""}`;
    if (!small && said) put(`wall ${name}`, 0, pill.x, pill.y, 1, 1, cls, `<path class="wall" d="M0 0V${lanes.others.y + lanes.others.h - pill.y}"/>`);
    put(`pill ${name}`, 7, x, pill.y, w, 24, cls, rect("pill", -w / 2, -12, w, 24, 12) + text("call", 0, 4.5, label, MIDDLE));
  });

  slots.forEach(({ session: box, transaction: pane }, slot) => {
    const label = Object.keys(story.slots.of).filter((name) => story.slots.of[name] === slot && frame.sessions[name]).at(-1);
    const lines = linesOf(story, frame, box.room, level);
    lineTops.push([box.top, lines.tops]);
    if (label) planSession(c, slot, label, box, lines);
    planTransaction(c, slot, label, pane, pane.room === box.room ? lines : linesOf(story, frame, pane.room, level));
  });
  planOthers(c, others, linesOf(story, frame, others.room, level));
  planProgram(c, geometry, program, threads, lineTops);
  return { shapes, places, threads };
};

/* Variables and loose objects: each beside what it refers to, below the one above it. */
const planProgram = (c, geometry, program, threads, lineTops) => {
  const { story, frame, places, level, words, small, put, more } = c;
  const { x, y, w, h } = geometry.lanes.program, height = small ? level.token : Math.min(level.token, 44);
  // A loose object stands on the line that its row has, or will have, in a Session.
  const lineOf = (label) => {
    const entity = entityOf(story, label), [top, tops] = lineTops.find((one) => one[1].has(entity)) || [];
    return tops && { y: top + tops.get(entity)[0], h: level.token };
  };
  const items = program.map((item, index) => {
    const near = item.token ? lineOf(item.token) : places.get(`o ${item.label}`) || lineOf(item.label);
    return { ...item, index, near: near ? near.y + (near.h - height) / 2 : geometry.slots[story.slotOf[item.token || item.label] || 0].session.top + level.head + index };
  });
  const room = h - geometry.tasks - PAD;
  const fits = small ? 6 : Math.max(1, Math.floor((room - BOX_HEAD) / (height + 4)));
  const shown = items.length > fits ? items.slice(0, fits - 1) : items;
  if (!small) shown.sort((one, other) => one.near - other.near || one.index - other.index);
  let free = y + BOX_HEAD;
  const tops = shown.map((item) => { const top = Math.max(free, item.near); free = top + height + 6; return top; });
  for (let index = tops.length - 1, limit = y + room - height; index >= 0; index -= 1, limit = tops[index + 1] - height - 4) tops[index] = Math.min(tops[index], limit);
  const third = (w - 16) / 3;
  const spot = (index) => (small ? [x + 4 + (index % 3) * (third + 4), y + 4 + Math.floor(index / 3) * (height + 4), third] : [x + PAD, tops[index] ?? free, w - 2 * PAD]);
  shown.forEach((item, index) => {
    const [px, py, pw] = spot(index);
    if (item.token) {
      const { cls, body } = token(frame, item.token, pw, height, words);
      return put(`o ${item.token}`, 5, px, py, pw, height, `${cls}${frame.changed.has(item.token) ? " lit" : ""}`, body, { kind: "program" });
    }
    const said = short(item.tag, pw - 26, 13), tw = Math.min(pw, widthOf(said, 13, MONO) + 28), th = Math.min(26, height), dy = Math.round((height - th) / 2);
    put(`v ${item.key}`, 4, px, py + dy, tw, th, "tag", `<path class="skin" d="M5 0H${tw - 10}L${tw} ${th / 2}L${tw - 10} ${th}H5a5 5 0 0 1 -5 -5V5a5 5 0 0 1 5 -5Z"/>${text("name", 10, th / 2 + 4.5, said)}`);
    threads.push([`v ${item.key}`, `o ${item.label}`]);
  });
  if (shown.length < items.length) {
    const [px, py, pw] = spot(shown.length), rest = items.slice(shown.length);
    more("more program", px, py, pw, Math.min(26, height), fill(words.more, rest.length), false, rest.map((item) => `o ${item.token}`));
  }
  if (small) return;
  // Threads and tasks: who runs, and the Session that it uses.
  const tasks = story.tasks.filter((task) => story.frames.slice(0, frame.at + 1).some((one) => one.stop.task === task)).slice(-7);
  tasks.forEach((task, index) => {
    const now = frame.stop.task === task, bad = now && frame.errors.length;
    const ty = y + h - PAD - (tasks.length - index) * 32 + 4;
    put(`k ${task}`, 4, x + PAD, ty, w - 2 * PAD, 28, `task${now ? " lit" : ""}${bad ? " bad" : ""}`, rect("skin", 0, 0, w - 2 * PAD, 28, 6) + text("name", 10, 18.5, short(task, (w - 20) * 0.55, 13)) + (now ? text("status", w - 2 * PAD - 10, 18.5, bad ? words.raises : words.runs, END) : ""));
    if (now && frame.stop.uses) threads.push([`k ${task}`, `s ${story.slots.of[frame.stop.uses]}`]);
  });
};
