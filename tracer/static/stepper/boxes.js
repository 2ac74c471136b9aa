/* Boxes: what stands in a Session, behind the glass of its transaction, and what others see. Knows no document. */

/* A Session: left what waits for the next flush, right the identity map. */
const planSession = (c, slot, label, box, lines) => {
  const { story, frame, columns, level, words, small, put, more } = c;
  const session = frame.sessions[label], { x, y, w, h, top } = box;
  const gap = 8, left = story.waits[slot] ? Math.round((w - 2 * PAD) * 0.4) : -gap, right = w - 2 * PAD - left - gap;
  const acts = frame.acts.has(label) && story.slots.count > 1;
  const bad = /inactive/.test(session.transaction), name = nameOf(frame, label);
  const title = short(name === label ? fill(words.session, label) : name, w * 0.55, 13);
  const status = bad ? words.inactive : words.transaction[session.transaction || "none"] || String(session.transaction);
  const base = small ? 17 : 23;
  const cells = columns[`s${slot}`];
  const holds = [...(cells?.values() || [])];
  let body = rect("case", 0, 0, w, h, 8) + rect("shelved", PAD + left + gap - 4, top - y + (small ? 0 : 2), right + 8, h - (top - y) - 6, 6);
  if (top - y > 20) body += text("name", 12, base, title) + text(`status${bad ? " bad" : ""}`, w - 12, base, short(status, w - 36 - widthOf(title, 13, MONO), 12.5, SANS), END);
  if (box.room.height) {
    const waits = holds.some((cell) => /new|dirty|deleted/.test(cell.shelf));
    const line = top - y + 15;
    body += (left > 0 ? text(`shelf${waits ? " used" : ""}`, PAD + 4, line, fits([waits ? words.shelves.waits : words.shelves.waits_not, words.shelves.waits_brief], left - 4))
      : text("shelf", w - PAD - 6, line, words.shelves.all_empty, END)) + text(`shelf${holds.some((cell) => !/new|gone/.test(cell.shelf)) ? " used" : ""}`, PAD + left + gap + 4, line, words.shelves.map);
    if (level.head > 38 && !small) {
      body += (left > 0 ? text("quiet", PAD + 4, line + 17, fits([words.shelves.waits_note], left - 4)) : "") + text("quiet", PAD + left + gap + 4, line + 17, fits([words.shelves.map_note], right));
    }
  }
  put(`s ${slot}`, 1, x, y, w, h, `session${acts ? " lit" : ""}${bad ? " bad" : ""}`, body);
  const mx = x + PAD + left + gap, [sx, sw] = sides(mx, right, box.room.wraps);
  for (const [entity, { label: object, shelf }] of cells || []) {
    const lineTop = lines.tops.get(entity);
    if (lineTop === undefined) continue;
    const ty = top + lineTop[0], waiting = shelf === "new";
    const lit = frame.changed.has(object) ? " lit" : "";
    const tw = waiting ? left : sw, drawn = token(frame, object, tw, level.token, words);
    if (shelf === "gone") put(`hole ${object}`, 2, mx - 4, ty - 3, right + 8, level.token + 6, "hole", rect("case", 0, 0, right + 8, level.token + 6));
    put(`o ${object}`, 5, waiting ? x + PAD : sx(lineTop), ty, tw, level.token, `${drawn.cls}${lit}`, drawn.body, { kind: waiting ? "waits" : "map", entity, slot, loaded: frame.loaded.has(object) });
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
    more(`more s${slot} ${head.table}`, waiting ? x + PAD : sx(head.moreAt), top + head.moreAt[0], waiting ? left : sw, level.token, fill(head.only ? words.all_of : words.more_of, rest.length, classOf(rest[0].label)), rest.some((cell) => isLit(frame, cell)), rest.map((cell) => `o ${cell.label}`));
  });
};

/* A table's name, its columns over their values, and on the right how many rows. */
const planHead = (story, put, key, head, x, y, w, level, left, count = "", lit = false) => {
  const beside = fits([count], w - 12 - widthOf(head.table, 13, MONO));
  let body = text("name", 2, 15, short(head.table, w - 4, 13)) + text(`status${lit ? " on" : ""}`, w - 2, 15, beside, END);
  if (level.head > 30) body += cellsOf(story, head.table, w - left - 4).map(({ column, x: at, w: room }, index, all) => text("quiet", left + at, level.head - 7, fits([column], index === all.length - 1 ? w - left - at : room))).join("");
  put(key, 2, x, y, w, level.head, "label", body);
};

/* A transaction: the rows that were sent stand behind its glass. */
const planTransaction = (c, slot, label, pane, lines) => {
  const { story, frame, columns, level, words, small, put, more } = c, glass = c.boxes[slot];
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
  const cells = columns[`t${slot}`] || new Map();
  const [rx, rw] = sides(x + PAD, w - 2 * PAD, pane.room.wraps), depths = new Map();
  lines.heads.forEach((head) => {
    const here = [...cells].filter(([entity]) => sectionOf(story, entity) === head.table || (entity[0] !== "@" && entity.split(":")[0] === head.table));
    if (!here.length) return;
    planHead(story, put, `g ${slot} ${head.table}`, head, x + PAD, top + head.y, w - 2 * PAD, level, 28);
    const rest = head.more.filter((entity) => cells.has(entity)).map((entity) => cells.get(entity).row);
    if (rest.length) {
      const one = new Set(rest.map((row) => row.op)).size === 1 ? KINDS[rest[0].op] : "";
      more(`more t${slot} ${head.table}`, rx(head.moreAt), top + head.moreAt[0], rw, level.row, head.only ? fill(rest.length > 1 ? words.rows : words.row, rest.length) : fill(words.more, rest.length), rest.some((row) => row.step === frame.at), rest.map((row) => `g ${row.id}`), `${one} row`);
    }
  });
  for (const [entity, { row, dead, depth }] of cells) {
    const lineTop = lines.tops.get(entity);
    if (lineTop === undefined) continue;
    const refused = dead && glass.refused && !row.key, why = refusal(glass, words);
    const told = refused ? why : dead ? [words.discarded] : [];
    const roomy = level.token >= 40, rh = told.length && roomy ? Math.min(level.token, 28 + told.length * 16) : level.row;
    const ry = top + lineTop[0] + Math.round((level.token - rh) / 2);
    let body = card(story, row.table, cellsBehind(story, frame, row), rw, rh, SIGNS[row.op], row.op === "~" ? Object.keys(row.cells) : []);
    if (roomy) body += told.slice(level.token < 50 ? -1 : 0).map((said, index) => whole("status bad", 28, 36 + index * 16, rw - 34, said)).join("");
    const object = row.object || columns[`s${slot}`]?.get(entity)?.label;
    put(`g ${row.id}`, 3, rx(lineTop), ry, rw, rh, `row ${KINDS[row.op]}${row.step === frame.at || dead ? " lit" : ""}${dead ? " dead" : ""}`, body,
      { kind: "glass", entity, from: object ? `o ${object}` : `s ${slot}`, fresh: row.step === frame.at && !dead, at: row.table, cause: refused && glass.cause });
    if (depth) depths.set(depth, [...(depths.get(depth) || []), ry, ry + rh]);
  }
  const notes = [...(glass.refused && (level.token < 40 || !glass.discarded) ? refusal(glass, words) : []), ...(failed ? [words.only_rollback] : [])].slice(small ? -1 : -2);
  notes.forEach((said, index) => put(`note ${slot} ${index}`, 6, x, y + h - (notes.length - index) * 17 - 4, w, 16, "note", whole("status bad", 10, 12, w - 20, said)));
  for (const [depth, ends] of depths) {
    const from = Math.min(...ends) - 4, to = Math.max(...ends) + 4;
    put(`savepoint ${slot} ${depth}`, 2, x + 3, from, w - 6, to - from, "savepoint", `<g${color}>${rect("frame", 0, 0, w - 6, to - from, 6)}</g>`);
  }
  if (glass.levels.length > 1) put(`savepoint name ${slot}`, 2, x, y + h - 20, w, 16, "note", text("status", w - 10, 11, words.savepoint, END));
};

/* Why a row was refused: what it shares with the one in its way, and the error, which is never cut. */
const refusal = ({ refused, cause, connection }, words) => [
  cause?.waits_for ? fill(words.waited, connection, cause.waits_for) : cause ? fill(words.same_value, cause.same.join(", ")) : words.refused, refused];

/* Where a line begins, and its width, if there are several beside each other. */
const sides = (x, w, wraps) => {
  const each = (w - (wraps - 1) * 6) / wraps;
  return [([, side]) => x + side * (each + 6), each];
};

/* What another connection sees: cards, and empty places of rows that it does not see yet. */
const planOthers = (c, others, lines) => {
  const { story, frame, level, words, small, put, more } = c, cells = c.columns.o || new Map();
  const { x, w, top } = others, [rx, rw] = sides(x, w, others.room.wraps);
  if (!small) put("kept", 1, x, top - BOX_HEAD, w, BOX_HEAD, "label", text("quiet", 2, 22, fits([words.kept, words.kept_brief], w)));
  const locked = frame.tables["*"];
  for (const head of lines.heads) {
    if (!story.tables.includes(head.table)) continue;
    const rows = frame.tables[head.table], was = frame.before.tables[head.table];
    const all = typeof rows?.at(-1) === "number" ? rows.at(-1) : rows?.length || 0;  // of many, the last says how many there are
    const count = fill(all === 1 ? words.row : all ? words.rows : words.no_rows, all);
    planHead(story, put, `h ${head.table}`, head, x, top + head.y, w, level, 10, locked ? "" : count, Boolean(was) && !same(rows, was));
    const rest = head.more.filter((entity) => cells.has(entity)).map((entity) => cells.get(entity));
    if (rest.length) {
      const ghosts = rest.filter((cell) => cell.ghost);
      const said = ghosts.length === rest.length ? fill(words.more_hidden, rest.length) : head.only ? fill(rest.length > 1 ? words.rows : words.row, rest.length) : fill(words.more, rest.length);
      more(`more o ${head.table}`, rx(head.moreAt), top + head.moreAt[0], rw, level.row, said, rest.some((cell) => isLit(frame, cell)), head.more.map((entity) => `t ${entity}`), `row${ghosts.length === rest.length ? " ghost" : ""}`, ghosts[0] && ` data-c="${esc(ghosts[0].box.connection)}"`);
    }
  }
  for (const [entity, cell] of cells) {
    const lineTop = lines.tops.get(entity);
    if (lineTop === undefined) continue;
    const roomy = level.token >= 40, old = cell.behind && roomy, rh = old ? 44 : level.row;
    const ry = top + lineTop[0] + Math.round((level.token - rh) / 2), mid = rh / 2 + 4.5;
    if (cell.ghost) {
      const never = cell.box.status === "failed", lit = cell.ghost.step === frame.at && !never;
      const said = never ? words.never : fits([words.not_yet], rw - 34) || words.not_yet_brief;
      put(`u ${cell.ghost.id}`, 3, rx(lineTop), ry, rw, rh, `ghost${lit ? " lit" : ""}${never ? " never" : ""}`, `<g data-c="${esc(cell.box.connection)}">${rect("skin", 0, 0, rw, rh, 4)}<g class="sign" transform="translate(9 ${rh / 2 - 6})">${SHUT_EYE}</g>${whole("note", 32, mid, rw - 38, said)}</g>`);
    } else {
      put(`t ${entity}`, 3, rx(lineTop), ry, rw, rh, `row seen${cell.lit ? " lit" : ""}`, card(story, cell.table, cell.cells, rw, rh) + (old ? whole("quiet", 10, 36, rw - 16, cell.behind.op === "-" ? words.still : words.old) : ""), { kind: "others", entity, lit: cell.lit });
    }
  }
  if (locked) put("locked", 6, x, top, w, others.room.height, "locked", rect("case", 0, 0, w, Math.max(30, others.room.height), 8) + whole("status bad", 12, 24, w - 24, words.locked));
};
