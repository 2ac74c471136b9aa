/* Boots Python and runs one program. It has no document, no origin and no network: see frame.js. */
"use strict";
const MEMORY = 512;  // MB that a program may take
const PAGE = 65_536;  // bytes, of WebAssembly's memory
const NOWHERE = "https://nowhere.invalid/";  // where Pyodide would look for packages; the policy forbids it anyway
const program = Promise.withResolvers();  // the Python that is ready for one

// Pyodide takes a worker that can import scripts for one that cannot import modules, and Chromium starts no others here.
self.importScripts = () => { throw new Error("modules only"); };

/* `files` holds the zips of the packs, `urls` the scripts, `snapshot` the memory of a Python that has imported them. */
async function boot({ module, urls, files, info, snapshot }) {
  const { fetch } = self, { instantiateStreaming } = WebAssembly;
  // Pyodide fetches two files; both are here already.
  self.fetch = async (url) => new Response(String(url).endsWith(".zip") ? files["stdlib.zip"] : "");
  WebAssembly.instantiateStreaming = async (_, imports) => ({ module, instance: await WebAssembly.instantiate(module, imports) });
  limitMemory();
  const [{ loadPyodide }, { default: create }] = await Promise.all([import(urls["pyodide.mjs"]), import(urls["pyodide.asm.mjs"])]);
  const python = await loadPyodide({
    indexURL: NOWHERE,
    packageBaseUrl: NOWHERE,
    lockFileContents: { info, packages: {} },
    jsglobals: {},  // a program finds nothing of JavaScript's by `import js`
    env: { PYTHONHASHSEED: "0", HOME: "/home/reader" },
    stdin: () => null,
    stdout: () => {},
    stderr: () => {},
    _makeSnapshot: !snapshot,
    _loadSnapshot: snapshot,
    createPyodideModule: (settings) => {
      settings.preRun.push(({ FS }) => addZips(FS, files));  // files are not in the snapshot
      const { instantiateWasm } = settings;
      settings.instantiateWasm = (imports, done) => instantiateWasm(imports, (instance, compiled) => {
        // A snapshot is larger than the memory that a new module begins with.
        const { memory } = instance.exports;
        const lacking = snapshot ? snapshot.byteLength - memory.buffer.byteLength : 0;
        if (lacking > 0) memory.grow(Math.ceil(lacking / PAGE));
        done(instance, compiled);
      });
      return create(settings);
    },
  });
  self.fetch = fetch;
  WebAssembly.instantiateStreaming = instantiateStreaming;
  if (!snapshot) {
    importZips(python, Object.keys(files));
    python.runPython("import runner");
    const { buffer } = python.makeMemorySnapshot();
    postMessage({ kind: "snapshot", bytes: buffer }, [buffer]);
  }
  postMessage({ kind: "ready" });
  return python;
}

const zips = (names) => names.filter((name) => name.endsWith(".zip") && name !== "stdlib.zip");

function addZips(FS, files) {
  for (const name of zips(Object.keys(files))) FS.writeFile(`/lib/${name}`, new Uint8Array(files[name]));
}

function importZips(python, names) {
  python.runPython(`import sys; sys.path[1:1] = [${zips(names).map((name) => `"/lib/${name}"`)}]`);
}

function limitMemory() {
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function (pages) {
    if (this.buffer.byteLength + pages * PAGE > MEMORY * 2 ** 20) throw new RangeError("the limit of the playground");
    return grow.call(this, pages);
  };
}

/* `more`: zips that this program alone needs. */
async function run(python, { source, language, seconds, more }) {
  addZips(python.FS, more);
  importZips(python, Object.keys(more));
  const { run } = python.pyimport("runner");
  // Where the browser can switch stacks, asyncio.run() works.
  const result = await ("Suspending" in WebAssembly ? run.callPromising(source, language, seconds) : run(source, language, seconds));
  postMessage({ kind: "result", result, memory: python._module.HEAP8.length });
}

self.onmessage = async ({ data }) => {
  try {
    if (data.kind === "boot") program.resolve(await boot(data));
    else if (data.kind === "run") await run(await program.promise, data);
  } catch (error) {
    postMessage({ kind: "died", text: String(error?.message || error) });
  }
};
