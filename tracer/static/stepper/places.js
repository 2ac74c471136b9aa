/* Places: which column of the picture holds what in a frame. A column is `s0` (the first Session), `t0` (its transaction)
   or `o` (what others see); what belongs to one row of the database has one name, its entity, in all of them, and stands
   on one line. Knows no document. */

/* What is the same in all frames of a story. */
const prepare = (data) => {
  const frames = readFrames(data);
  const { slots } = data, slotOf = {}, keys = {};
  for (const frame of frames) {
    for (const [label, { key, session }] of Object.entries(frame.objects)) {
      if (key) keys[label] ??= key.join(" ");
      if (session in slots.of) slotOf[label] = slots.of[session];
    }
  }
  return {
    data, frames, keys, tables: Object.keys(data.tables), slots, slotOf,
    tasks: [...new Set(frames.map((frame) => frame.stop.task).filter(Boolean))],
  };
};

const tableOf = (story, label) => story.data.classes[classOf(label)] || "";
const entityOf = (story, label) => (story.keys[label] && tableOf(story, label) ? `${tableOf(story, label)}:${story.keys[label]}` : `@${label}`);
const rowEntity = (story, row) => (row.object ? entityOf(story, row.object) : row.key === undefined ? row.id : `${row.table}:${row.key}`);
const cellsKey = (story, table, cells) => cells.slice(0, story.data.tables[table]?.key || cells.length).join(" ");
const sectionOf = (story, entity) => (entity[0] === "@" ? tableOf(story, entity.slice(1)) : entity.split(":")[0]);

const shelfOf = (session, label, thing) => ["new", "deleted", "dirty"].find((name) => session[name]?.includes(label))
  || (session.map?.includes(label) ? "map" : thing.state === "deleted" ? "gone" : thing.state === "pending" ? "new" : "map");

/* The columns of a frame: column → entity → what stands there; and what is the program's alone. */
const contents = (story, frame) => {
  if (frame.contents) return frame.contents;
  const columns = {}, loose = [], boxes = [];
  const put = (column, entity, other, cell) => {
    const cells = (columns[column] ??= new Map());
    cells.set(cells.has(entity) ? other : entity, cell);
  };
  // What a failure put out of a Session, and no variable held: for this step it shows that it is gone.
  const undone = frame.errors.length || frame.stop.rollbacks;
  const lost = undone ? Object.entries(frame.before.objects).filter(([label]) => !frame.objects[label]) : [];
  for (const [label, thing] of [...Object.entries(frame.objects), ...lost]) {
    const here = frame.objects[label], session = (here ? frame : frame.before).sessions[thing.session];
    if (session && thing.session in story.slots.of) {
      const cell = { label, shelf: shelfOf(session, label, thing), lost: !here };
      put(`s${story.slots.of[thing.session]}`, entityOf(story, label), `@${label}`, cell);
    } else if (here) loose.push(label);
  }
  for (const box of frame.glass) {
    const slot = story.slots.of[box.session] ?? story.slots.sessions;
    boxes[slot] = box;
    const hold = (row, more) => put(`t${slot}`, rowEntity(story, row), row.id, { row, ...more });
    box.levels.forEach((level, depth) => level.forEach((row) => hold(row, { depth })));
    for (const row of box.discarded || []) hold(row, { dead: true });
  }
  for (const table of story.tables) {
    for (const cells of rowsOf(frame, table)) {
      const key = cellsKey(story, table, cells), old = rowsOf(frame.before, table).find((one) => cellsKey(story, table, one) === key);
      put("o", `${table}:${key}`, `${table}:${cells.join(" ")}`, { table, cells, lit: !same(old, cells) });
    }
  }
  boxes.forEach((box, slot) => box.levels.flat().forEach((row) => {
    const entity = rowEntity(story, row), seen = columns.o?.get(entity);
    if (row.op === "+" && !seen) put("o", entity, row.id, { table: row.table, ghost: row, box });
    else if (seen && row.op !== "+") seen.behind = row;
  }));
  // Names of variables, and the objects that no Session holds, each where its name is.
  const program = [], placed = new Set();
  for (const [scope, name] of story.data.variables || []) {
    const label = reference(frame.names[scope]?.[name]);
    if (!label || !frame.objects[label]) continue;
    if (loose.includes(label) && !placed.has(label)) program.push({ token: label });
    else program.push({ tag: name, label, key: `${scope} ${name}` });
    placed.add(label);
  }
  for (const label of loose) if (!placed.has(label)) program.push({ token: label });
  return (frame.contents = { columns, boxes, program });
};
