/* Ways: the threads from variables to what they refer to, and the way that things came in a step: one arrow a group.
   Knows no document. */
const bend = (x1, y1, x2, y2, mid = (x1 + x2) / 2) => (Math.abs(y1 - y2) < 2 ? `H${x2}` : `C${mid} ${y1} ${mid} ${y2} ${x2} ${y2}`);
const line = (key, layer, cls, body, { x, y } = { x: 0, y: 0 }) => ({ key, layer, x, y, cls, body });
const middleOf = (shape) => shape.y + shape.h / 2;

/* A thread runs straight in its own line and bends in the gutter only, so that it is never behind a card. On a phone it
   comes down left of what it leads to. */
const threadsOf = (now, geometry) => now.threads.flatMap(([from, to]) => {
  const start = now.places.get(from), end = now.places.get(to);
  if (!start || !end || start === end) return [];
  const { program, session } = geometry.lanes, outside = end.kind === "program";
  if (geometry.narrow) {
    const down = `M${start.x + start.w / 2} ${start.y + start.h}V${program.y + program.h + 1}H${end.x - 3}V${middleOf(end)}H${end.x}`;
    return outside ? [] : [line(`w ${from}`, 2, "thread", `<path d="${down}"/>`)];
  }
  const chip = now.places.get(to.replace("o ", "chip "));
  const y1 = middleOf(start), y2 = /^s /.test(to) ? Math.min(Math.max(y1, end.y + 20), end.y + end.h - 20) : middleOf(end);
  const x2 = (chip || end).x;
  const edge = program.x + program.w, rest = outside ? `H${edge - 3}V${y2}H${end.x + end.w}` : `H${edge}${bend(edge, y1, session.x, y2)}H${x2}`;
  return [line(`w ${from}`, 2, "thread", `<path d="M${start.x + start.w} ${y1}${rest}"/>`)];
});

/* Which things moved in this step: from where, to where, and how this is called. */
const movesOf = (now, was, frame) => {
  const moves = [], left = [];
  const entities = ({ shapes }, kind) => new Map(shapes.filter((shape) => shape.kind === kind).map((shape) => [shape.entity, shape]));
  const others = entities(now, "others"), glass = entities(now, "glass"), sentBefore = entities(was, "glass"), seenBefore = entities(was, "others");
  for (const shape of now.shapes) {
    const old = was.places.get(shape.key);
    if (shape.key.startsWith("o ")) {
      if (old?.kind && old.kind !== shape.kind) {
        left.push(old);
        moves.push({ name: `${old.kind} ${shape.kind}`, from: old, to: shape });
      } else if (!old && shape.loaded) {
        const from = glass.get(shape.entity) || others.get(shape.entity);
        if (from) moves.push({ name: "load", from, to: shape });
      }
    } else if (shape.fresh) {
      // What was deleted in this step has left the map: its row's arrow begins where it was.
      const from = (now.places.get(shape.from)?.kind === "gone" ? was : now).places.get(shape.from);
      if (from) moves.push({ name: "send", from, to: shape });
    } else if (shape.kind === "others" && shape.lit && frame.stop.commits && sentBefore.has(shape.entity)) {
      left.push(sentBefore.get(shape.entity));
      moves.push({ name: "commit", from: sentBefore.get(shape.entity), to: shape });
    }
  }
  if (frame.stop.commits) {
    for (const [entity, old] of seenBefore) {
      if (others.has(entity) || !sentBefore.has(entity)) continue;
      left.push(sentBefore.get(entity), old);
      moves.push({ name: "commit", from: sentBefore.get(entity), to: old });
    }
  }
  return { moves, left };
};

/* Within a Session an arrow begins in the pale place, as the way is short. */
const INSIDE = /^(new|gone) map|map gone/;

const arrow = (moves) => {
  const back = moves[0].to.x + moves[0].to.w / 2 < moves[0].from.x + moves[0].from.w / 2;
  const start = (shape) => (back ? shape.x : shape.x + shape.w), stop = (shape) => (back ? shape.x + shape.w : shape.x);
  const froms = [...new Set(moves.map((one) => one.from))], tos = [...new Set(moves.map((one) => one.to))];
  const range = (shapes) => [Math.min(...shapes.map(middleOf)), Math.max(...shapes.map(middleOf))];
  const [ones, others] = [range(froms), range(tos)], low = Math.max(ones[0], others[0]), high = Math.min(ones[1], others[1]);
  const side = (shapes, edge, outwards) => {
    const ys = range(shapes), x = (outwards > 0 ? Math.max : Math.min)(...shapes.map(edge)) + (shapes.length > 1 ? outwards * 5 : 0);
    const bar = shapes.length > 1 ? `<path class="way" d="M${x} ${ys[0] - 8}V${ys[1] + 8}"/>` : "";
    return { x, y: (low > high ? ys[0] + ys[1] : low + high) / 2, bar };
  };
  const way = back ? -1 : 1, inside = INSIDE.test(moves[0].name);
  const a = side(froms, inside ? (shape) => shape.x + (back ? 40 : 10) : start, way), b = side(tos, stop, -way);
  const from = a.x + way * 2, tip = b.x - way * 2;
  return `${a.bar}${b.bar}<path class="way" d="M${from} ${a.y}${bend(from, a.y, tip - way * 7, b.y)}"/>`
    + `<path class="tip" d="M${tip} ${b.y}l${-way * 9} -5.5v11z"/>`;
};

/* From a refused row to the one that has the same value. Who waited is said in words: it may be for more than a row. */
const causesOf = (now) => now.shapes.filter(({ cause }) => cause && !cause.waits_for).flatMap((shape) => {
  const end = now.places.get(`t ${shape.cause.row}`) || now.places.get(`g ${shape.cause.row}`);
  if (!end) return [];
  const seen = end.kind === "others", x1 = shape.x + shape.w, y1 = middleOf(shape), x2 = seen ? end.x : end.x + end.w, y2 = middleOf(end);
  const way = `M${x1} ${y1}${bend(x1, y1, x2, y2, seen ? undefined : Math.max(x1, x2) + 14)}`;
  return [line(`cause ${shape.key}`, 6, "cause trail", `<path d="${way}"/><circle cx="${x2}" cy="${y2}" r="3.5"/>`)];
});

/* The shapes of a frame with their ways. Where something was shows as a pale place. */
const scene = (story, at, geometry, words) => {
  const plans = (geometry.plans ??= []);  // a step is planned once: the next one needs it too
  const planned = (step) => (plans[step] ??= plan(story, step, geometry, words));
  const frame = story.frames[at], now = planned(at);
  const ways = threadsOf(now, geometry);
  if (geometry.narrow) return [...now.shapes, ...ways];
  ways.push(...causesOf(now));
  if (at) {
    const { moves, left } = movesOf(now, planned(at - 1), frame);
    const near = (one, old) => Math.abs(one.x - old.x) < 20 && Math.abs(one.y - old.y) < old.h - 2;
    const taken = (old) => now.shapes.some((shape) => /^[ogtv] /.test(shape.key) && near(shape, old));
    for (const old of new Set(left)) if (!taken(old)) ways.push(line(`left ${at} ${old.key}`, 2, "left", rect("skin", 0, 0, old.w, old.h, 8), old));
    const groups = new Map();
    for (const move of moves) groups.set(move.name, [...(groups.get(move.name) || []), move]);
    // In or out of the map is no way to speak of: several pale places say it.
    for (const [name, some] of groups) if (!INSIDE.test(name) || some.length === 1) ways.push(line(`way ${at} ${name}`, 6, "trail", arrow(some)));
  }
  return [...now.shapes, ...ways];
};
