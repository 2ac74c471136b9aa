/* Lines: where an entity stands, from top to bottom. Columns side by side share their lines, so that a row stands beside
   its object. Room is kept for the most that any step needs: nothing moves because something else grows. Where a story
   has more than fits, the last line of a table counts the rest. Knows no document. */

/* Detail, from much to little: height of a token, of a row, gap, of a table's head, lines a table, all lines fixed. */
const LEVELS = [
  [60, 32, 10, 42, 999, true], [60, 32, 10, 42, 999], [44, 30, 8, 42, 999, true], [44, 30, 8, 42, 999],
  [40, 28, 4, 40, 999, true], [28, 26, 6, 38, 999, true], [28, 26, 6, 38, 999],
  [24, 22, 2, 34, 999], [24, 24, 4, 22, 999], ...[8, 5, 4, 3, 2, 1].map((most) => [24, 24, 4, 22, most]),
].map(([token, row, gap, head, most, fixed]) => ({ token, row, gap, head, most, fixed }));

const order = (entity) => {
  const number = parseFloat(entity.slice(entity.search(/[:#]/) + 1));
  return (entity[0] === "@" ? 1e9 : 0) + (Number.isNaN(number) ? 1e8 : number);
};

/* The entities that any of these columns holds in a frame, by table. */
const heldBy = (story, frame, columns) => {
  const sections = new Map(columns.includes("o") ? story.tables.map((table) => [table, new Set()]) : []);
  for (const column of columns) {
    for (const entity of contents(story, frame).columns[column]?.keys() || []) {
      const section = sectionOf(story, entity);
      if (!sections.has(section)) sections.set(section, new Set());
      sections.get(section).add(entity);
    }
  }
  return sections;
};
const sorted = (story, sections) => {
  const place = (table) => (story.tables.indexOf(table) + 1) || 99;
  return [...sections].sort(([one], [other]) => place(one) - place(other))
    .map(([table, entities]) => [table, [...entities].sort((one, other) => order(one) - order(other))]);
};

/* The room of a group of columns: for each table its height, for the most that a frame needs. */
const roomOf = (story, columns, level, wraps = 1) => {
  const all = new Map(), most = new Map();
  for (const frame of story.frames) {
    for (const [table, entities] of heldBy(story, frame, columns)) {
      if (!all.has(table)) all.set(table, new Set());
      for (const entity of entities) all.get(table).add(entity);
      most.set(table, Math.max(most.get(table) || 1, Math.min(entities.size, level.most)));
    }
  }
  const sections = sorted(story, all)
    .map(([table, entities]) => ({ table, entities, lines: level.fixed ? Math.max(1, entities.length) : most.get(table) }));
  const tall = (one) => level.head + Math.ceil(one.lines / wraps) * (level.token + level.gap);
  return { columns, sections, wraps, tall, height: sections.reduce((sum, one) => sum + tall(one), 0) };
};

/* For a frame, entity → [top, side], from the group's top; and for each table where it begins and what is only counted. */
const linesOf = (story, frame, room, level) => {
  const tops = new Map(), heads = [], pitch = level.token + level.gap;
  const held = heldBy(story, frame, room.columns);
  let y = 0;
  const place = (index) => [y + level.head + Math.floor(index / room.wraps) * pitch, index % room.wraps];
  for (const section of room.sections) {
    const { table, entities, lines } = section;
    const here = held.get(table);
    const head = { table, y, more: [], empty: !here?.size };
    heads.push(head);
    if (level.fixed) entities.forEach((entity, index) => tops.set(entity, place(index)));
    else if (here) {
      const fresh = (entity) => room.columns.some((column) => isLit(frame, contents(story, frame).columns[column]?.get(entity)));
      let [[, list]] = sorted(story, new Map([[table, here]]));
      if (list.length > lines) list = [...list.filter(fresh), ...list.filter((entity) => !fresh(entity))];
      const shown = list.length > lines ? lines - 1 : lines;
      list.slice(0, shown).sort((one, other) => order(one) - order(other)).forEach((entity, index) => tops.set(entity, place(index)));
      head.more = list.slice(shown);
      head.moreAt = place(shown);
      head.only = !shown;
    }
    y += room.tall(section);
  }
  return { tops, heads };
};

/* Whether what stands somewhere came, went or changed in this step. */
const isLit = (frame, cell) => Boolean(cell) && (cell.label ? frame.changed.has(cell.label)
  : cell.cells ? cell.lit : (cell.row || cell.ghost).step === frame.at || Boolean(cell.dead));

/* The groups of columns that share lines. */
const groupsOf = (story, narrow) => {
  const { count } = story.slots;
  if (count === 1 && !narrow) return [["s0", "t0", "o"]];
  const slots = Array.from({ length: count }, (_, slot) => (narrow ? [[`s${slot}`], [`t${slot}`]] : [[`s${slot}`, `t${slot}`]])).flat();
  return [...slots, ["o"]];
};
