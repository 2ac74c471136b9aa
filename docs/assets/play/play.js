/* The playground (tools/site/playground_widget.py): a program is edited, run in the reader's browser, shown and shared. */
import { Editor } from "./editor.js";
import { Damaged, Packs } from "./packs.js";
import { redraw } from "./redraw.js";
import { Died, Sandbox } from "./sandbox.js";
import { link, markdown, page, unpack } from "./share.js";

const SECONDS = 10;  // then the program ends at its next statement, and the steps until then are shown
const LIMIT = 15;  // then its worker does
const FRAMEWORK = /^\s*(?:from|import)\s+(?:flask|werkzeug|jinja2)\b/m;  // needs a pack of its own
const MAX_OUTPUT = 20_000;  // characters, as in playground/runner.py
const KEPT = "playground program";

const root = document.querySelector(".playground");
const settings = JSON.parse(root.querySelector("script").textContent);
const { words } = settings;
const assets = new URL("../", import.meta.url), base = new URL(settings.folder, location);
const language = document.documentElement.lang.slice(0, 2);
const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const make = (tag, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};
const part = (name) => root.querySelector(`.${name}`);
const [status, bar, result, note, button] = ["status", "progress", "result", "note", "run"].map(part);

const editor = new Editor(root.querySelector("textarea"));
const packs = new Packs(base), sandbox = new Sandbox(root, packs);
let isBusy = false, isRunning = false, last = null, wantedStep = 0;

button.addEventListener("click", () => (isRunning ? sandbox.stop() : run()));
root.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  if (!isBusy) run();
});

async function run() {
  isBusy = true;
  root.ariaBusy = "true";
  try { await attempt(); } finally {
    isBusy = false;
    root.ariaBusy = "false";
  }
}

async function attempt() {
  if (!globalThis.DecompressionStream || !globalThis.WebAssembly || !Promise.withResolvers || !globalThis.crypto?.subtle) {
    status.textContent = words.old;
    return;
  }
  const source = editor.value, optional = FRAMEWORK.test(source) ? ["flask"] : [];
  button.disabled = true;
  let more;
  try {
    await sandbox.start(progress, () => { status.textContent = words.starting; bar.removeAttribute("value"); });
    more = optional.length ? await packs.fetch(optional, progress) : [];
  } catch (error) {
    status.textContent = error instanceof Damaged ? words.damaged : say(error instanceof Died ? "died" : "offline", { why: error.message });
    return;
  } finally {
    bar.hidden = true;
    button.disabled = false;
    button.textContent = words.run;
  }
  isRunning = true;
  button.textContent = words.stop;
  const began = performance.now();
  const tick = () => { status.textContent = say("running", { seconds: Math.round((performance.now() - began) / 1000) }); };
  tick();
  const ticking = setInterval(tick, 1000);
  const ended = await sandbox.run({ source, language, seconds: SECONDS, limit: LIMIT, packs: more });
  clearInterval(ticking);
  isRunning = false;
  button.textContent = words.run;
  last = { source, found: null };
  result.replaceChildren();
  if (ended.kind === "result") show(source, ended.result);
  else if (ended.kind === "limit") status.textContent = say("limit", { seconds: LIMIT });
  else status.textContent = ended.kind === "died" ? say("died", { why: lastLine(ended.text) }) : words.stopped;
}

/* Of a traceback, the line that says most. */
const lastLine = (text) => String(text).trim().split("\n").pop().slice(0, 200);

function progress(done, total) {
  const inMegabytes = (bytes) => (bytes / 1e6).toFixed(1);
  bar.hidden = false;
  bar.value = done / total;
  status.textContent = say("fetching", { done: inMegabytes(done), total: inMegabytes(total) });
}

/* Whatever comes from the sandbox may be forged by the program: it is shown as text, or made anew by redraw(). */
function show(source, text) {
  let found;
  try { found = JSON.parse(String(text)); } catch { found = null; }
  if (!found || typeof found !== "object") {
    status.textContent = say("died", { why: "?" });
    return;
  }
  last.found = found;
  const section = found.html ? redraw(found.html, source) : null;
  const steps = section ? section.querySelectorAll(":scope > ol > li[id]").length : 0;
  status.textContent = steps ? say(steps === 1 ? "done one" : "done", { steps }) : "";
  if (found.error) showError(found.error, steps);
  else if (!section) result.append(make("p", { className: "failed", textContent: words["no session"] }));
  if (found.stopped) result.append(make("p", { className: "failed", textContent: words.cut }));
  if (section) {
    result.append(section);
    globalThis.sessionStepper.adopt(section, wantedStep);
    wantedStep = 0;
  }
  if (found.problems?.length) box(words.problems, found.problems.map(String).join("\n"));
  const size = Number(found.output_size) || 0;
  if (found.output) box(words.printed, String(found.output) + (size > MAX_OUTPUT ? `\n${say("more output", { size })}` : ""));
  if (found.stderr) box(words.stderr, String(found.stderr));
}

function showError(error, steps) {
  const kind = words[`error ${error.kind}`] ? error.kind : "error", line = Number(error.line) || 0;
  const key = kind === "time" && !steps ? "error time without steps" : `error ${kind}`;
  const values = { line, name: String(error.name).slice(0, 80), seconds: SECONDS, version: settings.sqlalchemy };
  const said = make("p", { className: "failed", textContent: say(key, values) });
  said.setAttribute("role", "alert");
  if (line) said.append(" ", make("button", { type: "button", textContent: say("go", { line }), onclick: () => editor.go(line) }));
  result.append(said);
  if (error.text) result.append(make("pre", { className: "traceback", textContent: String(error.text), tabIndex: 0 }));
}

function box(title, text) {
  result.append(make("section", { className: "box" }, make("h2", { textContent: title }), make("pre", { textContent: text, tabIndex: 0 })));
}

/* Sharing. What is shown belongs to the program only as long as that has not been changed. */
const found = () => (last?.source === editor.value ? last.found : null);
const step = () => found() && Number(/^#steps-program-(\d+)$/.exec(result.querySelector(".bar a")?.hash ?? "")?.[1]);

async function address() {
  try { return await link(editor.value, step()); } catch (error) {
    throw error.most ? new Error(say("too long", error)) : error;
  }
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  status.textContent = words.copied;
}

function download(name, type, text) {
  const made = make("a", { download: name, href: URL.createObjectURL(new Blob([text], { type })) });
  made.click();
  setTimeout(() => URL.revokeObjectURL(made.href), 1000);
}

/* A program that builds on the library of this site has it above, so that it runs elsewhere. */
async function whole() {
  const LIBRARY = /^from snippets\.library import (?:\([^)]*\)|.*)\n/m, source = editor.value;
  if (!LIBRARY.test(source)) return source;
  const library = await (await fetch(new URL("library.py", assets))).text();
  return source.replace(LIBRARY, () => library);
}

const OFFERS = {
  "copy-link": async () => copy(await address()),
  "copy-markdown": async () => copy(markdown(editor.value, found(), words, await address().catch(() => ""))),
  "save-program": async () => download("program.py", "text/x-python", await whole()),
  "save-page": async () => {
    const section = found()?.html && redraw(found().html, editor.value);
    if (!section) throw new Error(words["nothing to save"]);
    download("program.html", "text/html", await page(section, assets, base, language));
  },
};
for (const [name, offer] of Object.entries(OFFERS)) {
  part(name).addEventListener("click", () => offer().catch((error) => { status.textContent = error.message; }));
}

/* A program that comes with the address is shown and never run by itself; nor is one that was kept for the other language. */
async function open() {
  const given = new URLSearchParams(location.hash.slice(1)), story = given.get("story");
  note.hidden = true;
  try {
    if (given.has("p")) {
      editor.value = await unpack(given.get("p"));
      wantedStep = Number(given.get("step")) || 0;
      tell(words.shared);
    } else if (story) {
      if (!/^[a-z_]+\/[a-z_0-9]+$/.test(story)) throw new Error(story);
      const answer = await fetch(new URL(`stories/${story}.py`, base));
      if (!answer.ok) throw new Error(story);
      editor.value = await answer.text();
      tell(settings.left_out[story] ? say(`left out ${settings.left_out[story]}`) : "");
    }
  } catch { tell(words["bad link"]); }
}

function tell(text) {
  note.textContent = text;
  note.hidden = !text;
}

const stored = (() => { try { return sessionStorage.getItem(KEPT); } catch { return null; } })();
if (stored !== null && !location.hash) editor.value = stored;
addEventListener("pagehide", () => { try { sessionStorage.setItem(KEPT, editor.value); } catch { /* then the switch of languages loses it */ } });
addEventListener("hashchange", () => { if (/^#(p|story)=/.test(location.hash)) open(); });
open();
button.disabled = false;
