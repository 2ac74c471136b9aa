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
    const shape = put(key, 3, x, y, w, h, `group ${cls}${lit ? " lit" : ""}`, `<g${color}>${rect("skin", 0, 0, w, h, 6)}</g>`
      + `${text("count", w / 2, h / 2 + 4.5, short(said, w - 12, 13), MIDDLE)}`);
    for (const one of covers) places.set(one, shape);
  };
  const c = { story, frame, columns, boxes, level, words, small, put, more, places };

  for (const name of LANES) {
    const { x, y, w, h } = lanes[name], eye = name === "others";
    const dy = small ? -9 : -48, dx = small ? 14 : 2;  // on a phone threads pass left of titles
    put(`lane ${name}`, 0, x, y, w, h, `lane ${name}`, rect("ground", 0, 0, w, h, 10) + (eye ? signAt(dx, dy - 11, EYE) : "")
      + text("title", eye ? dx + 22 : dx, dy, words.lanes[name]));
  }
  const pills = BORDERS.map(([name, idle], index) => {
    const [said, way, bad] = frame.stop.crossed?.[name] || [];
    const label = !said ? idle : way > 0 ? `${said} ${small ? "▾" : "▸"}` : way < 0 ? `${small ? "▴" : "◂"} ${said}` : said;
    const w = Math.ceil(widthOf(label, 13, 0.58)) + 22, pill = geometry.pills[index];
    const x = small ? pill.right - w / 2 : Math.max(w / 2, Math.min(geometry.W - w / 2, pill.x));
    return { name, label, w, x, pill, said, bad };
  });
  // One that would overlap the next one moves to the left.
  for (let i = 1; !small && i >= 0; i -= 1) pills[i].x = Math.min(pills[i].x, pills[i + 1].x - (pills[i].w + pills[i + 1].w) / 2 - 6);
  for (const { name, label, w, x, pill, said, bad } of pills) {
    const cls = `border${said ? " crossed" : ""}${bad ? " bad" : ""}`;
    if (!small && said) put(`wall ${name}`, 0, pill.x, pill.y, 1, 1, cls, `<path class="wall" d="M0 0V${geometry.H - pill.y}"/>`);
    put(`pill ${name}`, 7, x, pill.y, w, 24, cls, rect("pill", -w / 2, -12, w, 24, 12) + text("call", 0, 4.5, label, MIDDLE));
  }

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

/* Variables and loose objects: each beside what it refers to, below the one above it. Below them threads and tasks. */
const planProgram = (c, geometry, program, threads, lineTops) => {
  const { story, frame, places, level, words, small, put, more } = c;
  const { x, y, w, h } = geometry.lanes.program, high = small ? level.token : Math.min(level.token, 44), width = w - 2 * PAD;
  // A loose object stands on the line that its row has, or will have, in a Session.
  const middle = ({ token: loose, label = loose }) => {
    const shape = !loose && places.get(`o ${label}`), entity = entityOf(story, label);
    const [top, tops] = lineTops.find((one) => one[1].has(entity)) || [];
    if (shape) return middleOf(shape);
    return level.token / 2 + (tops ? top + tops.get(entity)[0] : geometry.slots[story.slotOf[label] || 0].session.top + level.head);
  };
  const room = h - geometry.tasks - PAD, most = small ? 6 : Math.max(1, Math.floor((room - BOX_HEAD) / (high + 4)));
  const rest = program.length > most ? program.slice(most - 1) : [];
  let shown = program.slice(0, program.length - rest.length).map((item) => [middle(item) - high / 2, item]);
  if (!small) shown = shown.sort(([one], [other]) => one - other);
  let free = y + BOX_HEAD;
  const tops = shown.map(([near]) => { const top = Math.max(free, near); free = top + high + Math.min(6, level.gap); return top; });
  const up = Math.max(0, free - (rest.length ? 0 : high) - (y + room - high));  // what does not fit below moves up
  const third = (w - 16) / 3;
  const spot = (index) => (small ? [x + 4 + (index % 3) * (third + 4), y + 4 + Math.floor(index / 3) * (high + 4), third]
    : [x + PAD, (tops[index] ?? free) - up, width]);
  shown.forEach(([, { token: loose, tag, label, key }], index) => {
    const [px, py, pw] = spot(index);
    if (loose) {
      const { cls, body } = token(frame, loose, pw, high, words);
      put(`o ${loose}`, 5, px, py, pw, high, `${cls}${frame.changed.has(loose) ? " lit" : ""}`, body, { kind: "program" });
      return;
    }
    const said = short(tag, pw - 26, 13, MONO), tw = Math.min(pw, widthOf(said, 13, MONO) + 28), th = Math.min(26, high);
    const outline = `M5 0H${tw - 10}L${tw} ${th / 2}L${tw - 10} ${th}H5a5 5 0 0 1 -5 -5V5a5 5 0 0 1 5 -5Z`;
    put(`v ${key}`, 4, px, py + (high - th) / 2, tw, th, "tag", `<path class="skin" d="${outline}"/>${text("name", 10, th / 2 + 4.5, said)}`);
    threads.push([`v ${key}`, `o ${label}`]);
  });
  if (rest.length) {
    const [px, py, pw] = spot(shown.length);
    more("more program", px, py, pw, Math.min(26, high), fill(words.more, rest.length), false, rest.map((item) => `o ${item.token}`));
  }
  const ran = small ? [] : story.tasks.filter((task) => story.frames.some((one) => one.at <= frame.at && one.stop.task === task)).slice(-MOST_TASKS);
  ran.forEach((task, index) => {
    const now = frame.stop.task === task, bad = now && frame.errors.length;
    put(`k ${task}`, 4, x + PAD, y + h - PAD - (ran.length - index) * TASK + 4, width, 28, `task${now ? " lit" : ""}${bad ? " bad" : ""}`,
      rect("skin", 0, 0, width, 28, 6) + text("name", 10, 18.5, short(task, width - 20, 13, MONO)));
    if (now && frame.stop.uses) threads.push([`k ${task}`, `s ${story.slots.of[frame.stop.uses]}`]);
  });
};
