/* Frames: for each stop of a recording all that there is after it, and what that stop did. Knows no document.
   The data are described in README.md. */
const STATES = ["transient", "pending", "persistent", "deleted", "detached"];
const WRITES = /^(INSERT|UPDATE|DELETE|MERGE|REPLACE)/;

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const classOf = (label) => label.split("#")[0];
const reference = (value) => (typeof value === "string" && value[0] === "→" ? value.slice(1) : undefined);

const readFrames = (data) => {
  const state = { objects: {}, sessions: {}, tables: {}, names: {} };
  const take = (changes = {}) => {
    for (const [kind, values] of Object.entries(changes)) {
      for (const [name, value] of Object.entries(values)) {
        if (value === null) delete state[kind][name];
        else state[kind][name] = value;
      }
    }
    return Object.fromEntries(Object.entries(state).map(([kind, values]) => [kind, { ...values }]));
  };
  let before = take(data.initial), total = 0, glass = [];
  return data.stops.map((stop, at) => {
    const now = take(stop.changes), sent = stop.sent || [];
    glass = stop.glass || glass;
    total += stop.sql || sent.length;
    const failed = sent.filter((one) => one.error);
    const frame = {
      ...now, at, stop, before, glass, sent, total,
      writes: sent.filter((one) => WRITES.test(one.verb) && !one.error).length,
      errors: [...(stop.raised || []), ...failed.map((one) => one.error)],
      loaded: new Set(stop.loaded),
      changed: new Set(Object.keys(now.objects).filter((label) => !same(now.objects[label], before.objects[label]))),
      acts: new Set(stop.acts),
    };
    before = now;
    return frame;
  });
};

/* The rows of a table that others see, as far as they are known one by one. */
const rowsOf = ({ tables }, table) => (Array.isArray(tables[table]) ? tables[table].filter(Array.isArray) : []);

/* The name that the program has for a thing now: that of the function that runs, then the module's. Without one, a letter:
   "Author A" is the first Author. A number was read as the key of its row. */
const nameOf = (frame, label) => {
  for (const scope of [frame.stop.function || "<module>", "<module>", ...Object.keys(frame.names)]) {
    for (const [name, value] of Object.entries(frame.names[scope] || {})) if (reference(value) === label) return name;
  }
  return label.replace(/#(\d+)$/, (_, count) => ` ${count > 26 ? count : String.fromCharCode(64 + +count)}`);
};

/* A value as Python would write it, in short. */
const literal = (value, frame) => {
  if (Array.isArray(value)) return `[${value.length}]`;
  if (reference(value) && frame) return nameOf(frame, reference(value));
  if (typeof value === "string") return `'${value}'`;
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "object" ? "{…}" : String(value);
};
