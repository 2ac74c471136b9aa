/* Stands between the page and the worker that runs Python. This document is sandboxed, so it has no origin: a program
   reaches no storage, no cookies and no page. Its policy lets nothing out. Opened by itself it does nothing.

   From the page: start (packs, snapshot, script, info), run (source, language, seconds, limit, packs), stop.
   To the page: here, ready; of a run one of result, limit, stopped, died; and after the first run snapshot. */
"use strict";
if (self.origin === "null" && parent !== self) {
  const MODULES = ["pyodide.mjs", "pyodide.asm.mjs"], BINARY = "pyodide.asm.wasm";
  let worker, limit, isRunning = false, boot, isKept = false;
  const tell = (message) => parent.postMessage(message, "*");
  const piped = (bytes, stream) => new Response(new Blob([bytes]).stream().pipeThrough(stream)).arrayBuffer();
  const unzip = (packed) => piped(packed, new DecompressionStream("gzip"));

  /* The files of packs. Each is the length of a list, the list as JSON of [name, size], the bytes. */
  const unpack = async (packs) => {
    const files = {};
    for (const raw of await Promise.all(packs.map(unzip))) {
      const length = new DataView(raw).getUint32(0, true);
      let at = 4 + length;
      for (const [name, size] of JSON.parse(new TextDecoder().decode(new Uint8Array(raw, 4, length)))) files[name] = raw.slice(at, (at += size));
    }
    return files;
  };

  /* A worker for one program. It is a classic one: Chromium refuses module workers to documents without an origin. */
  const renew = () => {
    const made = worker = new Worker(boot.urls["worker.js"]);
    made.onmessage = ({ data }) => {
      if (made !== worker || !data) return;
      if (data.kind === "snapshot" && !boot.snapshot && data.bytes instanceof ArrayBuffer) boot.snapshot = data.bytes;
      else if (data.kind === "ready") tell({ kind: "ready" });
      else if (data.kind === "result") end({ kind: "result", result: data.result, memory: data.memory });
      else if (data.kind === "died") end({ kind: "died", text: data.text });
    };
    made.onerror = (event) => { event.preventDefault(); end({ kind: "died", text: event.message || "" }); };
    made.postMessage({ kind: "boot", ...boot });
  };

  /* A run ends once. The next one gets another worker, so that nothing of this one is left. */
  const end = (message) => {
    const hasRun = isRunning;
    if (!hasRun && message.kind !== "died") return;
    clearTimeout(limit);
    isRunning = false;
    worker.terminate();
    tell(message);
    if (hasRun && boot.snapshot) renew();  // one that dies while it starts would do so again
    if (boot.snapshot && !isKept) keep();
  };

  /* The page keeps the memory for later visits. It was made before any program ran. */
  const keep = async () => {
    isKept = true;
    tell({ kind: "snapshot", bytes: await piped(boot.snapshot, new CompressionStream("gzip")) });
  };

  const start = async ({ packs, snapshot, script, info }) => {
    const memory = snapshot && unzip(snapshot).catch(() => undefined);  // a damaged one is made anew
    const files = await unpack(packs), urls = {};
    const compiled = WebAssembly.compile(files[BINARY]);
    for (const [name, text] of [["worker.js", script], ...MODULES.map((name) => [name, files[name]])]) {
      urls[name] = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    }
    for (const name of [BINARY, ...MODULES]) delete files[name];
    boot = { module: await compiled, urls, files, info, snapshot: await memory };
    isKept = Boolean(boot.snapshot);
    renew();
  };

  const run = async ({ packs, ...message }) => {
    const its = worker, more = await unpack(packs);
    if (its !== worker) return;  // it was stopped meanwhile
    limit = setTimeout(() => end({ kind: "limit" }), message.limit * 1000);
    worker.postMessage({ ...message, more });
  };

  addEventListener("message", async ({ source, data }) => {
    if (source !== parent) return;
    if (data.kind === "start") {
      try { await start(data); } catch (error) { tell({ kind: "died", text: String(error) }); }
    } else if (data.kind === "run" && !isRunning) {
      isRunning = true;
      try { await run(data); } catch (error) { end({ kind: "died", text: String(error) }); }
    } else if (data.kind === "stop") end({ kind: "stopped" });
  });
  tell({ kind: "here" });
}
