/* Boxes: what stands in a Session, behind the glass of its transaction, and what others see. Knows no document. */

/* A Session: left what waits for the next flush, right the identity map. */
const planSession = (story, frame, { slot, label, box, lines, level, words, small, put, more }) => {
  const session = frame.sessions[label], { x, y, w, h, top } = box;
  const gap = 8, left = Math.round((w - 2 * PAD) * (small ? 0.4 : 0.41)), right = w - 2 * PAD - left - gap;
  const acts = frame.acts.has(label) && story.slots.count > 1;
  const bad = /inactive/.test(session.transaction), name = nameOf(frame, label);
  const title = short(name === label ? fill(words.session, label) : name, w * 0.55, 13);
  const status = bad ? words.inactive : words.transaction[session.transaction || "none"] || String(session.transaction);
  const base = small ? 17 : 23;
  const cells = contents(story, frame).columns[`s${slot}`];
  const holds = [...(cells?.values() || [])];
  let body = rect("case", 0, 0, w, h, 8) + rect("map", PAD + left + gap - 4, top - y + (small ? 0 : 2), right + 8, h - (top - y) - 6, 6)
    + text("name", 12, base, title) + text(`status${bad ? " bad" : ""}`, w - 12, base, short(status, w - 36 - widthOf(title, 13, MONO), 12.5, SANS), END);
  if (box.room.height) {
    const waits = holds.some((cell) => /new|dirty|deleted/.test(cell.shelf));
    const line = top - y + 15;
    body += text(`shelf${waits ? " used" : ""}`, PAD + 4, line, short(waits ? words.shelves.waits : words.shelves.waits_not, left, 12.5, SANS))
      + text(`shelf${holds.some((cell) => !/new|gone/.test(cell.shelf)) ? " used" : ""}`, PAD + left + gap + 4, line, short(words.shelves.map, right, 12.5, SANS));
    if (level.head > 38 && !small) {
      body += text("quiet", PAD + 4, line + 17, short(words.shelves.waits_note, left, 12.5, SANS)) + text("quiet", PAD + left + gap + 4, line + 17, short(words.shelves.map_note, right, 12.5, SANS));
    }
  }
  put(`s ${slot}`, 1, x, y, w, h, `session${acts ? " lit" : ""}${bad ? " bad" : ""}`, body);
  const mx = x + PAD + left + gap;
  for (const [entity, { label: object, shelf }] of cells || []) {
    const lineTop = lines.tops.get(entity);
    if (lineTop === undefined) continue;
    const ty = top + lineTop, waiting = shelf === "new";
    const lit = frame.changed.has(object) ? " lit" : "";
    const tw = waiting ? left : right, drawn = token(frame, object, tw, level.token, words);
    if (shelf === "gone") put(`hole ${object}`, 2, mx - 4, ty - 3, right + 8, level.token + 6, "hole", rect("case", 0, 0, right + 8, level.token + 6));
    put(`o ${object}`, 5, waiting ? x + PAD : mx, ty, tw, level.token, `${drawn.cls}${lit}`, drawn.body, { kind: waiting ? "waits" : "map", entity, slot, loaded: frame.loaded.has(object) });
    if (/dirty|deleted/.test(shelf)) {
      const said = words.shelves[shelf], cw = Math.min(left - 4, widthOf(said, 12.5) + 26), ch = Math.min(24, level.token);
      put(`chip ${object}`, 4, mx - cw - 4, ty + (level.token - ch) / 2, cw, ch, `chip ${shelf}${lit}`, `<path class="skin" d="M0 ${ch / 2}a${ch / 2} ${ch / 2} 0 0 1 ${ch / 2} ${-ch / 2}H${cw - 7}L${cw} ${ch / 2}L${cw - 7} ${ch}H${ch / 2}a${ch / 2} ${ch / 2} 0 0 1 ${-ch / 2} ${-ch / 2}Z"/>${whole("state", 11, ch / 2 + 4.5, cw - 18, said)}`);
    }
  }
  lines.heads.forEach((head, index) => {
    if (index && story.tables.length > 1) put(`class ${slot} ${head.table}`, 2, mx, top + head.y, right, level.head, "label", text("quiet", 4, level.head - 7, Object.keys(story.data.classes).find((name) => story.data.classes[name] === head.table) || ""));
    const rest = head.more.filter((entity) => cells?.has(entity)).map((entity) => cells.get(entity));
    if (!rest.length) return;
    const waiting = rest.every((cell) => cell.shelf === "new");
    more(`more s${slot} ${head.table}`, waiting ? x + PAD : mx, top + head.moreTop, waiting ? left : right, level.token, fill(words.more_of, rest.length, classOf(rest[0].label)), rest.some((cell) => isLit(frame, cell)), rest.map((cell) => `o ${cell.label}`));
  });
};

/* A table's name, its columns over their values, and on the right how many rows. */
const planHead = (story, put, key, head, x, y, w, level, left, count = "", lit = false) => {
  const space = w - 8 - (count ? widthOf(count, 12.5) + 10 : 0);
  let body = text("name", 2, 15, short(head.table, space, 13)) + (count ? text(`status${lit ? " on" : ""}`, w - 2, 15, count, END) : "");
  if (level.head > 30) body += cellsOf(story, head.table, w - left - 4).map(({ column, x: at, w: room }, index, all) => text("quiet", left + at, level.head - 7, short(column, index === all.length - 1 ? w - left - at : room - 4, 12.5, SANS))).join("");
  put(key, 2, x, y, w, level.head, "label", body);
};

/* A transaction: the rows that were sent stand behind its glass. */
const planTransaction = (story, frame, { slot, label, pane, lines, level, words, small, put, more, glass }) => {
  const { x, y, w, h, top } = pane, base = small ? 17 : 22, strip = small ? 24 : 32;
  const session = frame.sessions[label];
  if (!glass) {
    if (!session && slot < story.slots.sessions) return;
    const said = session?.transaction ? words.waiting : words.no_transaction;
    put(`c ${slot}`, 1, x, y, w, h, "pane none", text("quiet", w / 2, base, short(said, w, 12.5, SANS), MIDDLE));
    return;
  }
  const rows = glass.levels.flat(), failed = glass.status === "failed", ended = glass.ended, name = glass.connection;
  const full = !ended && rows.length > 0;
  const said = ended === "commit" ? words.committed : ended === "rollback" ? words.rolled_back : failed ? words.failed
    : full ? words.private : glass.status === "idle" ? words.idle : words.open;
  const icon = full || failed ? LOCK : ended === "commit" ? OPEN_LOCK : "", ix = icon ? 28 : 10;
  const color = ` data-c="${esc(name)}"`;
  const head = fill(said, name);
  put(`c ${slot}`, 1, x, y, w, h, `pane${full ? " full" : ""}${failed ? " bad" : ""}${ended ? " ended" : ""}`, `<g${color}>${rect("glass", 0, 0, w, h, 8)}<path class="strip" d="M8 0H${w - 8}a8 8 0 0 1 8 8V${strip}H0V8a8 8 0 0 1 8 -8Z"/>${icon ? `<g class="sign" transform="translate(10 ${base - 13})">${icon}</g>` : ""}${whole("seal", ix, base, w - ix - 6, head)}${rect("frame", 0, 0, w, h, 8)}${failed ? `<path class="crack" d="M${w - 2} ${strip + 6}l-7 9 5 8 -9 12 6 9 -3 8"/>` : ""}</g>`);
  const cells = contents(story, frame).columns[`t${slot}`] || new Map();
  const rx = x + PAD, rw = w - 2 * PAD, depths = new Map();
  lines.heads.forEach((head) => {
    const here = [...cells].filter(([entity]) => sectionOf(story, entity) === head.table || (entity[0] !== "@" && entity.split(":")[0] === head.table));
    if (!here.length) return;
    planHead(story, put, `g ${slot} ${head.table}`, head, rx, top + head.y, rw, level, 28);
    const rest = head.more.filter((entity) => cells.has(entity)).map((entity) => cells.get(entity).row);
    if (rest.length) {
      const one = new Set(rest.map((row) => row.op)).size === 1 ? KINDS[rest[0].op] : "";
      more(`more t${slot} ${head.table}`, rx, top + head.moreTop, rw, level.row, fill(words.more, rest.length), rest.some((row) => row.step === frame.at), rest.map((row) => `g ${row.id}`), `${one} row`);
    }
  });
  for (const [entity, { row, dead, depth }] of cells) {
    const lineTop = lines.tops.get(entity);
    if (lineTop === undefined) continue;
    const refused = dead && glass.refused, told = refused || (dead && ended) ? (refused ? fill(words.refused, glass.refused) : words.discarded) : "";
    const roomy = level.token >= 40, rh = told && roomy ? level.token : level.row;
    const ry = top + lineTop + Math.round((level.token - rh) / 2);
    let body = card(story, row.table, cellsBehind(story, frame, row), rw, rh, SIGNS[row.op], row.op === "~" ? Object.keys(row.cells) : []);
    if (told && roomy) {
      const [first, ...others] = widthOf(told, 12.5) > rw - 34 && level.token > 50 ? told.split(": ") : [told];
      body += whole("status bad", 28, 36, rw - 34, others.length ? `${first}:` : first) + (others.length ? whole("status bad", 28, 52, rw - 34, others[0]) : "");
    }
    put(`g ${row.id}`, 3, rx, ry, rw, rh, `row ${KINDS[row.op]}${row.step === frame.at || dead ? " lit" : ""}${dead ? " dead" : ""}`, body,
      { kind: "glass", entity, from: row.object ? `o ${row.object}` : `s ${slot}`, fresh: row.step === frame.at && !dead, at: row.table, cause: refused && glass.cause });
    if (depth) depths.set(depth, [...(depths.get(depth) || []), ry, ry + rh]);
  }
  if (glass.refused && (level.token < 40 || ![...cells.values()].some((cell) => cell.dead))) {
    put(`refused ${slot}`, 6, x, y + h - 22, w, 20, "note", whole("status bad", 10, 14, w - 20, fill(words.refused, glass.refused)));
  }
  for (const [depth, ends] of depths) {
    const from = Math.min(...ends) - 4, to = Math.max(...ends) + 4;
    put(`savepoint ${slot} ${depth}`, 2, x + 3, from, w - 6, to - from, "savepoint", `<g${color}>${rect("frame", 0, 0, w - 6, to - from, 6)}</g>`);
  }
  if (glass.levels.length > 1) put(`savepoint name ${slot}`, 2, x, y + h - 20, w, 16, "note", text("status", w - 10, 11, words.savepoint, END));
};

/* What another connection sees: cards, and empty places of rows that it does not see yet. */
const planOthers = (story, frame, { others, lines, level, words, small, put, more, cells = new Map(), head: hasHead }) => {
  const { x, w, top } = others;
  if (hasHead) put("kept", 1, x, top - BOX_HEAD, w, BOX_HEAD, "label", text("quiet", 2, 22, short(words.kept, w, 12.5, SANS)));
  const locked = frame.tables["*"];
  for (const head of lines.heads) {
    if (!story.tables.includes(head.table)) continue;
    const rows = frame.tables[head.table], was = frame.before.tables[head.table];
    const count = typeof rows === "string" ? words.locked : fill(rows?.length === 1 ? words.row : rows?.length ? words.rows : words.no_rows, rows?.length);
    planHead(story, put, `h ${head.table}`, head, x, top + head.y, w, level, 10, locked ? "" : count, Boolean(was) && !same(rows, was));
    const rest = head.more.filter((entity) => cells.has(entity)).map((entity) => cells.get(entity));
    if (rest.length) {
      const ghosts = rest.filter((cell) => cell.ghost);
      const said = ghosts.length === rest.length ? fill(words.more_hidden, rest.length) : fill(words.more, rest.length);
      more(`more o ${head.table}`, x, top + head.moreTop, w, level.row, said, rest.some((cell) => isLit(frame, cell)), head.more.map((entity) => `t ${entity}`), `row${ghosts.length === rest.length ? " ghost" : ""}`);
    }
  }
  for (const [entity, cell] of cells) {
    const lineTop = lines.tops.get(entity);
    if (lineTop === undefined) continue;
    const roomy = level.token >= 40, old = cell.behind && roomy, rh = old ? 44 : level.row;
    const ry = top + lineTop + Math.round((level.token - rh) / 2), mid = rh / 2 + 4.5;
    if (cell.ghost) {
      const never = cell.box.status === "failed", lit = cell.ghost.step === frame.at && !never;
      const said = never ? words.never : words.not_yet;
      put(`u ${cell.ghost.id}`, 3, x, ry, w, rh, `ghost${lit ? " lit" : ""}${never ? " never" : ""}`, `<g data-c="${esc(cell.box.connection)}">${rect("skin", 0, 0, w, rh, 4)}<g class="sign" transform="translate(9 ${rh / 2 - 6})">${SHUT_EYE}</g>${whole("note", 32, mid, w - 38, said)}</g>`);
    } else {
      put(`t ${entity}`, 3, x, ry, w, rh, `row seen${cell.lit ? " lit" : ""}`, card(story, cell.table, cell.cells, w, rh) + (old ? whole("quiet", 10, 36, w - 16, cell.behind.op === "-" ? words.still : words.old) : ""), { kind: "others", entity, lit: cell.lit });
    }
  }
  if (locked) put("locked", 6, x, top, w, others.room.height, "locked", rect("case", 0, 0, w, Math.max(30, others.room.height), 8) + whole("status bad", 12, 24, w - 24, words.locked));
};
