/* Geometry: where the four lands, the Sessions and their transactions are. Side by side, or one below the other on a
   phone. Knows no document. */
const LANES = ["program", "session", "transaction", "others"];
const HEAD = 64;  // titles and calls above the lanes
const BOX_HEAD = 36;
const PAD = 8;
const TASK = 32, MOST_TASKS = 7;
const FOOT = 44;  // room for what is said of a failure

const slotColumns = (rooms, slot, kind) => rooms.find((room) => room.columns.includes(`${kind}${slot}`));

const wide = (story, W, H, level, rooms) => {
  const gutter = W > 680 ? 24 : 16, space = W - 3 * gutter;
  const lanes = {};
  let x = 0;
  [0.17, 0.36, 0.255, 0.215].forEach((part, index) => {
    lanes[LANES[index]] = { x, y: HEAD, w: Math.floor(space * part), h: H - HEAD };
    x += Math.floor(space * part) + gutter;
  });
  const slots = [];
  let y = HEAD + PAD;
  for (let slot = 0; slot < story.slots.count; slot += 1) {
    const room = slotColumns(rooms, slot, "s");
    const h = BOX_HEAD + Math.max(room.height, 24) + (story.slots.fails[slot] ? FOOT : PAD);
    const box = (lane) => ({ x: lane.x + PAD, y, w: lane.w - 2 * PAD, h, top: y + BOX_HEAD, room });
    slots.push({ session: box(lanes.session), transaction: box(lanes.transaction) });
    y += h + PAD;
  }
  const seen = rooms.find((room) => room.columns.includes("o"));
  const others = { x: lanes.others.x + PAD, w: lanes.others.w - 2 * PAD, top: HEAD + PAD + BOX_HEAD, room: seen };
  const tasks = Math.min(MOST_TASKS, story.tasks.length) * TASK;
  const program = Math.min(6, Math.max(...story.frames.map((frame) => contents(story, frame).program.length))) * (Math.min(level.token, 44) + 6);
  const need = Math.max(y, others.top + seen.height + PAD, HEAD + BOX_HEAD + program + tasks);
  for (const name of LANES) lanes[name].h = Math.min(H, need) - HEAD;
  const pills = [0, 1, 2].map((index) => ({ x: lanes[LANES[index]].x + lanes[LANES[index]].w + gutter / 2, y: 44 }));
  return { W, H: Math.min(H, need), need, lanes, slots, others, pills, level, tasks };
};

const TITLE = 26, SMALL_HEAD = 24;
const narrow = (story, W, level, rooms) => {
  const lanes = {}, slots = [];
  const most = Math.max(1, ...story.frames.map((frame) => Math.min(6, contents(story, frame).program.length)));
  let y = TITLE;
  const lane = (name, h) => { lanes[name] = { x: 0, y, w: W, h }; y += h + TITLE; };
  lane("program", Math.ceil(most / 3) * (level.token + 4) + 4);
  const stack = (kind, side, name) => {
    let inner = y + 4;
    for (let slot = 0; slot < story.slots.count; slot += 1) {
      const room = slotColumns(rooms, slot, kind), top = kind === "s" && story.slots.count === 1 ? 2 : SMALL_HEAD;
      const h = top + room.height + (kind === "t" && story.slots.fails[slot] ? 20 : room.height ? 2 : 0);
      (slots[slot] ??= {})[side] = { x: 4, y: inner, w: W - 8, h, top: inner + top, room };
      inner += h + 4;
    }
    lane(name, inner - y);
  };
  stack("s", "session", "session");
  stack("t", "transaction", "transaction");
  const seen = rooms.find((room) => room.columns.includes("o"));
  const others = { x: 4, w: W - 8, top: y + 2, room: seen };
  lane("others", seen.height + 4);
  const pills = LANES.slice(1).map((name) => ({ right: W - 4, y: lanes[name].y - TITLE / 2 }));
  return { W, H: y - TITLE, need: y - TITLE, lanes, slots, others, pills, level, tasks: 0, narrow: true };
};

/* The most detail with which all frames of a story fit. */
const fit = (story, W, H, isNarrow) => {
  const groups = groupsOf(story, isNarrow);
  for (const each of isNarrow ? LEVELS.slice(3) : LEVELS) {
    const level = isNarrow ? { ...each, head: 20, gap: 4, row: Math.min(each.row, each.token) } : each;
    const wraps = ([column]) => (isNarrow && (column[0] !== "s" || !story.slots.waits[column.slice(1)]) ? 2 : 1);
    const rooms = groups.map((columns) => roomOf(story, columns, level, wraps(columns)));
    const geometry = isNarrow ? narrow(story, W, level, rooms) : wide(story, W, H, level, rooms);
    geometry.rooms = rooms;
    if (geometry.need <= H) return geometry;
    if (each === LEVELS.at(-1)) return isNarrow ? geometry : { ...geometry, ...wide(story, W, geometry.need, level, rooms), rooms };
  }
  return undefined;
};
