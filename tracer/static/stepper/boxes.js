/* Boxes: what stands in a Session, behind the glass of its transaction, and what others see. Knows no document.
   `c` is what all of a frame's plan shares, see plan.js. */

/* Calls `draw(cell, entity, place)` for what has a line of its own, place: [top, side]. */
const eachPlaced = (cells, lines, draw) => {
  for (const [entity, cell] of cells) if (lines.tops.has(entity)) draw(cell, entity, lines.tops.get(entity));
};
/* What a table's last line only counts of a column, and how it is said. */
const restOf = (head, cells) => head.more.filter((entity) => cells.has(entity)).map((entity) => cells.get(entity));
const countOf = (words, count) => fill(count === 1 ? words.row : count ? words.rows : words.no_rows, count);
const moreOf = (words, head, count) => (head.only ? countOf(words, count) : fill(words.more, count));
/* Where a line begins, and its width, if there are several beside each other. */
const sides = (x, w, wraps) => {
  const each = (w - (wraps - 1) * 6) / wraps;
  return [([, side]) => x + side * (each + 6), each];
};
const colorOf = (connection) => ` data-c="${esc(connection)}"`;

/* A Session: left what waits for the next flush, right the identity map. */
const planSession = (c, slot, label, box, lines) => {
  const { story, frame, level, words, small, put, more } = c, said = words.shelves;
  const session = frame.sessions[label], cells = c.columns[`s${slot}`] || new Map(), { x, y, w, h, top } = box;
  const gap = 8, left = story.slots.waits[slot] ? Math.round((w - 2 * PAD) * 0.42) : -gap;
  const inner = PAD + left + gap, right = w - PAD - inner, line = top - y + 15;
  const bad = /inactive/.test(session.transaction), name = nameOf(frame, label);
  const title = short(name === label ? fill(words.session, label) : name, w * 0.55, 13, MONO);
  const status = bad ? words.inactive : words.transaction[session.transaction || "none"] || String(session.transaction);
  const shelves = [...cells.values()].filter((cell) => !cell.lost).map((cell) => cell.shelf), has = (kind) => shelves.some((shelf) => kind.test(shelf));
  const waits = has(/new|dirty|deleted/), gone = has(/gone/);
  const used = (yes) => `shelf${yes ? " used" : ""}`;

  let body = rect("case", 0, 0, w, h, 8);
  const headed = top - y > 20;  // on a phone the only Session has no head
  if (headed) {
    body += text("name", 12, small ? 17 : 23, title) + text(bad ? "status bad" : "status", w - 12, small ? 17 : 23,
      fits([status, bad ? "rollback()" : ""], w - 36 - widthOf(title, 13, MONO)), END);
  }
  if (box.room.height) {
    body += rect("shelved", inner - 4, line - 13, right + 8, h - line + 7, 6);
    // Above both what waits and what was deleted no heading is right: the objects say it.
    const heads = gone ? (waits ? [] : [said.gone, words.states.deleted]) : waits ? [said.waits, said.waits_brief]
      : frame.stop.rollbacks && Object.values(frame.before.objects).some((one) => one.state === "deleted" && one.session === label)
        ? (frame.before.sessions[label]?.new ? [] : [words.undone["-"]]) : [said.new_empty, "new"];
    if (bad && !headed) heads.unshift(status, "rollback()");
    body += left > 0 ? text(bad && !headed ? "status bad" : used(waits || gone), PAD + 4, line, fits(heads, left))
      : text("shelf", w - PAD - 6, line, fits([said.all_empty], right - 12 - widthOf(said.map)), END);
    body += text(used(has(/map|dirty|deleted/)), inner + 4, line, said.map);
    if (level.head > 38) {
      body += text("quiet", PAD + 4, line + 17, fits(has(/new/) ? [said.new, "new"] : gone && !waits ? [said.gone_note] : [], left))
        + text("quiet", inner + 4, line + 17, fits([said.map_note], right));
    }
  }
  put(`s ${slot}`, 1, x, y, w, h, `session${frame.acts.has(label) && Object.keys(frame.sessions).length > 1 ? " lit" : ""}`, body);

  const [mapX, mapW] = sides(x + inner, right, box.room.wraps);
  const OUTSIDE = /new|gone/;  // what is in the Session, and not in its map
  const spot = (outside, place) => (outside ? [x + PAD, left] : [mapX(place), mapW]);
  eachPlaced(cells, lines, ({ label: object, shelf }, entity, place) => {
    const ty = top + place[0], th = level.token, outside = OUTSIDE.test(shelf), [tx, tw] = spot(outside, place);
    const lit = frame.changed.has(object) ? " lit" : "", { cls, body } = token(frame, object, tw, th, words);
    put(`o ${object}`, 5, tx, ty, tw, th, cls + lit, body, { kind: outside ? shelf : "map", entity, loaded: frame.loaded.has(object) });
    if (!/dirty|deleted/.test(shelf)) return;
    const cw = Math.min(left - 4, widthOf(said[shelf]) + 26), ch = Math.min(24, th), r = ch / 2;
    put(`chip ${object}`, 4, x + inner - cw - 4, ty + th / 2 - r, cw, ch, `chip ${shelf}${lit}`,
      `<path class="skin" d="M${r} 0H${cw - 7}L${cw} ${r}L${cw - 7} ${ch}H${r}a${r} ${r} 0 0 1 0 ${-ch}Z"/>`
      + whole("state", 11, r + 4.5, cw - 18, said[shelf]));
  });
  for (const head of lines.heads) {
    const rest = restOf(head, cells);
    if (!rest.length) continue;
    const [mx, mw] = spot(rest.every((cell) => OUTSIDE.test(cell.shelf)), head.moreAt);
    more(`more s${slot} ${head.table}`, mx, top + head.moreAt[0], mw, level.token,
      fill(head.only ? words.all_of : words.more_of, rest.length, classOf(rest[0].label)),
      rest.some((cell) => isLit(frame, cell)), rest.map((cell) => `o ${cell.label}`));
  }
};

/* A table's name, its columns over their values, and on the right how many rows. */
const planHead = ({ story, put, level }, key, head, x, top, w, left, count = "", lit = false) => {
  let body = text("name", 2, 15, short(head.table, w - 4, 13, MONO))
    + text(`status${lit ? " on" : ""}`, w - 2, 15, fits([count], w - 12 - widthOf(head.table, 13, MONO)), END);
  const places = cellsOf(story, head.table, w - left - 2);
  if (level.head > 30) {
    let end = 0;
    places.forEach(({ column, x: at, w: room }, index) => {
      const last = index === places.length - 1, wide = widthOf(column);
      // The last one may begin left of its values, where nothing stands.
      const from = last ? Math.max(end, Math.min(left + at, w - wide)) : left + at, said = fits([column], last ? w - from : room);
      body += text("quiet", from, level.head - 6, said);
      end = said ? from + wide + 6 : end;
    });
  } else {
    const from = widthOf(head.table, 13, MONO) + 14;
    body += text("quiet", from, 15, fits([places.map(({ column }) => column).join(", ")], w - from - 12 - widthOf(count)));
  }
  put(key, 2, x, top + head.y, w, level.head, "label", body);
};

/* Why a row was refused: what it shares with the one in its way, and the error. */
const refusal = ({ refused, cause, connection }, words) => [
  cause?.waits_for ? fill(words.waited, connection, cause.waits_for) : cause ? fill(words.same_value, cause.same.join(", ")) : words.refused,
  refused,
];

/* A transaction: the rows that were sent stand behind its glass. */
const planTransaction = (c, slot, label, pane, lines) => {
  const { story, frame, level, words, small, put, more } = c, glass = c.boxes[slot];
  const { x, y, w, h, top } = pane, base = small ? 17 : 22, strip = small ? 24 : 32, session = frame.sessions[label];
  if (!glass) {
    const none = short(session?.transaction ? words.waiting : words.transaction.none, w);
    if (session || slot >= story.slots.sessions) put(`c ${slot}`, 1, x, y, w, h, "pane", text("quiet", w / 2, base, none, MIDDLE));
    return;
  }
  const { ended } = glass, failed = glass.status === "failed", full = !ended && glass.levels.flat().length > 0;
  const said = ended ? { commit: "committed", rollback: "rolled_back" }[ended]
    : failed ? "failed" : full ? "private" : glass.status === "idle" ? "idle" : "open";
  const locked = full || ended === "commit", left = locked ? 28 : 10, color = colorOf(glass.connection);
  put(`c ${slot}`, 1, x, y, w, h, `pane${full ? " full" : ""}${failed ? " bad" : ""}${ended ? " ended" : ""}`,
    `<g${color}>${rect("glass", 0, 0, w, h, 8)}<path class="strip" d="M8 0H${w - 8}a8 8 0 0 1 8 8V${strip}H0V8a8 8 0 0 1 8 -8Z"/>`
    + (locked ? signAt(10, base - 13, lock(ended)) : "")
    + whole("seal", left, base, w - left - 6, fill(words[said], glass.connection)) + rect("frame", 0, 0, w, h, 8)
    + `${failed ? `<path class="crack" d="M${w - 2} ${strip + 6}l-7 9 5 8 -9 12 6 9 -3 8"/>` : ""}</g>`);

  const cells = c.columns[`t${slot}`] || new Map(), roomy = level.token >= 40, framed = [];
  const [rowX, rowW] = sides(x + PAD, w - 2 * PAD, pane.room.wraps);
  for (const head of lines.heads) {
    if (![...cells.keys()].some((entity) => sectionOf(story, entity) === head.table)) continue;
    planHead(c, `g ${slot} ${head.table}`, head, x + PAD, top, w - 2 * PAD, 24);
    const rest = restOf(head, cells);
    if (rest.length) {
      more(`more t${slot} ${head.table}`, rowX(head.moreAt), top + head.moreAt[0], rowW, level.row, moreOf(words, head, rest.length),
        rest.some((cell) => isLit(frame, cell)), rest.map((cell) => `g ${cell.row.id}`), "row");
    }
  }
  eachPlaced(cells, lines, ({ row, dead, depth }, entity, place) => {
    const refused = dead && glass.refused && row.key === undefined, told = refused ? refusal(glass, words) : dead ? [words.undone[row.op]] : [];
    const rh = told.length && roomy ? Math.min(level.token, 28 + told.length * 16) : level.row;
    const ry = top + place[0] + Math.round((level.token - rh) / 2), fresh = row.step === frame.at && !dead;
    const lasting = roomy ? told.slice(0, level.token < 50 ? 1 : 2) : [];
    const notes = lasting.map((one, index) => whole("status bad", 28, 36 + index * 16, rowW - 34, one)).join("");
    const object = row.object || c.columns[`s${slot}`]?.get(entity)?.label;
    put(`g ${row.id}`, 3, rowX(place), ry, rowW, rh, `row ${KINDS[row.op]}${fresh || dead ? " lit" : ""}${dead ? " dead" : ""}`,
      card(story, row.table, cellsBehind(story, frame, row), rowW, rh, SIGNS[row.op], row.op === "~" ? Object.keys(row.cells) : []) + notes,
      { kind: "glass", entity, from: object ? `o ${object}` : `s ${slot}`, fresh, cause: refused && glass.cause });
    if (depth) framed.push(ry, ry + rh);
  });
  if (framed.length) {
    const from = Math.min(...framed) - 4, high = Math.max(...framed) + 4 - from;
    put(`savepoint ${slot}`, 2, x + 3, from, w - 6, high, "savepoint", `<g${color}>${rect("frame", 0, 0, w - 6, high, 6)}</g>`);
  }
  const notes = [
    glass.levels.length > 1 && words.savepoint, ...(glass.refused && (!roomy || !glass.discarded) ? refusal(glass, words) : []),
    failed && words.only_rollback,
  ].filter(Boolean).slice(small ? -1 : -2);
  notes.forEach((one, index) => {
    const cls = one === words.savepoint ? "status" : "status bad";
    put(`note ${slot} ${index}`, 6, x, y + h - (notes.length - index) * 17 - 4, w, 16, "note", whole(cls, 10, 12, w - 20, one));
  });
};

/* What another connection sees: cards, and empty places of rows that it does not see yet. */
const planOthers = (c, others, lines) => {
  const { story, frame, level, words, small, put, more } = c, cells = c.columns.o || new Map();
  const { x, w, top } = others, [rowX, rowW] = sides(x, w, others.room.wraps), locked = frame.tables["*"];
  if (!small) put("kept", 1, x, top - BOX_HEAD, w, BOX_HEAD, "label", text("quiet", 2, 22, fits([words.kept], w)));
  for (const head of lines.heads) {
    if (!story.tables.includes(head.table)) continue;
    const rows = frame.tables[head.table], was = frame.before.tables[head.table];
    // Of many rows, the last says how many there are.
    const count = countOf(words, typeof rows?.at(-1) === "number" ? rows.at(-1) : rows?.length || 0);
    planHead(c, `h ${head.table}`, head, x, top, w, 10, locked ? "" : count, Boolean(was) && !same(rows, was));
    const rest = restOf(head, cells), hidden = rest.every((cell) => cell.ghost);
    if (!rest.length) continue;
    more(`more o ${head.table}`, rowX(head.moreAt), top + head.moreAt[0], rowW, level.row,
      hidden ? fill(words.more_hidden, rest.length) : moreOf(words, head, rest.length), rest.some((cell) => isLit(frame, cell)),
      head.more.map((entity) => `t ${entity}`), hidden ? "row ghost" : "row", hidden ? colorOf(rest[0].box.connection) : "");
  }
  eachPlaced(cells, lines, ({ table, cells: values, ghost, box, behind, lit }, entity, place) => {
    const old = behind && level.token >= 40, rh = old ? Math.min(44, level.token) : level.row;
    const ry = top + place[0] + Math.round((level.token - rh) / 2);
    if (ghost) {
      const never = box.status === "failed", said = never ? words.never : fits([words.not_yet], rowW - 34) || words.not_yet_brief;
      put(`u ${ghost.id}`, 3, rowX(place), ry, rowW, rh, `ghost${never ? " never" : ghost.step === frame.at ? " lit" : ""}`,
        `<g${colorOf(box.connection)}>${rect("skin", 0, 0, rowW, rh, 4)}${signAt(9, rh / 2 - 6, SHUT_EYE)}`
        + `${whole("note", 32, rh / 2 + 4.5, rowW - 38, said)}</g>`);
    } else {
      const note = old ? whole("quiet", 10, 34, rowW - 16, behind.op === "-" ? words.still : words.old) : "";
      put(`t ${entity}`, 3, rowX(place), ry, rowW, rh, `row seen${lit ? " lit" : ""}`, card(story, table, values, rowW, rh) + note,
        { kind: "others", entity, lit });
    }
  });
  if (locked) put("locked", 6, x, top, w, 30, "locked", rect("case", 0, 0, w, 30, 8) + whole("status bad", 12, 20, w - 24, words.locked));
};
