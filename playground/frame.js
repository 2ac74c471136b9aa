/* Stands between the page and the worker that runs Python. This document is sandboxed, so it has no origin: a program
   reaches no storage, no cookies and no page. Its policy lets nothing out. Opened by itself it does nothing.

   From the page: start (files, snapshot), run (source, language, seconds, limit, more), stop.
   To the page: here, snapshot, ready; and of a run one of result, limit, stopped, died. */
"use strict";
if (self.origin === "null" && parent !== self) {
  const SCRIPTS = ["pyodide.mjs", "pyodide.asm.mjs", "worker.js"];
  let worker, limit, isRunning = false, boot;
  const tell = (message, transfer = []) => parent.postMessage(message, "*", transfer);

  /* A worker for one program. It is a classic one: Chromium refuses module workers to documents without an origin. */
  const renew = () => {
    const made = worker = new Worker(boot.urls["worker.js"]);
    made.onmessage = ({ data }) => {
      if (made !== worker || !data) return;
      if (data.kind === "snapshot" && !boot.snapshot && data.bytes instanceof ArrayBuffer) {
        boot.snapshot = data.bytes;
        tell({ kind: "snapshot", bytes: data.bytes });
      } else if (data.kind === "ready") tell({ kind: "ready" });
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
  };

  const start = async ({ files, snapshot }) => {
    const urls = {};
    for (const name of SCRIPTS) {
      urls[name] = URL.createObjectURL(new Blob([files[name]], { type: "text/javascript" }));
      delete files[name];
    }
    const module = await WebAssembly.compile(files["pyodide.asm.wasm"]);
    delete files["pyodide.asm.wasm"];
    boot = { module, urls, files, snapshot };
    renew();
  };

  addEventListener("message", async ({ source, data }) => {
    if (source !== parent) return;
    if (data.kind === "start") {
      try { await start(data); } catch (error) { tell({ kind: "died", text: String(error) }); }
    } else if (data.kind === "run" && !isRunning) {
      isRunning = true;
      limit = setTimeout(() => end({ kind: "limit" }), data.limit * 1000);
      worker.postMessage(data);
    } else if (data.kind === "stop") end({ kind: "stopped" });
  });
  tell({ kind: "here" });
}
