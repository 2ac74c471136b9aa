/* Compiles what the browser imports, with the Python that will import it: node compile.mjs STAGE OUT

   STAGE has a folder for each pack, of sources. OUT gets a file for each and manifest.json, which names them. The same
   sources give the same bytes. Sources of our own keep their docstrings and asserts; the others go without, and all
   without the columns of tracebacks: a quarter of what readers download. */
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";
import { loadPyodide } from "pyodide";

const OURS = "program";  // the pack of the tracer, the library and the runner
const RUNTIME = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"];
const HASH_LENGTH = 12;  // characters of it in a file's name

const [stage, out] = process.argv.slice(2);
const folder = path.dirname(fileURLToPath(import.meta.resolve("pyodide")));
const { info } = JSON.parse(fs.readFileSync(path.join(folder, "pyodide-lock.json")));
const python = await loadPyodide({
  lockFileContents: { info, packages: {} },
  packageBaseUrl: "/none/",
  env: { PYTHONHASHSEED: "0", PYTHONNODEBUGRANGES: "1" },
});
python.runPython(`
import importlib.util, io, marshal, zipfile

UNCHECKED = (1).to_bytes(4, "little") + bytes(8)  # PEP 552: never compared with a source

def compiled(name, source, level):
    code = compile(source, name, "exec", dont_inherit=True, optimize=level)
    return importlib.util.MAGIC_NUMBER + UNCHECKED + marshal.dumps(code)

def archive(files, root, level):
    """A zip that is not compressed, for the pack is; without the time and the machine of its making."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as zip:
        for name in sorted(files):
            data = bytes(files[name])
            if name.endswith(".py"):
                name, data = name + "c", compiled(root + name, data, level)
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.external_attr = 0o644 << 16
            zip.writestr(info, data)
    return out.getvalue()

def archive_folder(names, root, level):
    return archive({name: open(f"/stage/{at}", "rb").read() for at, name in enumerate(names)}, root, level)

def archive_standard_library(level):
    with zipfile.ZipFile("/lib/python314.zip") as zip:
        files = {info.filename: zip.read(info) for info in zip.infolist() if not info.is_dir()}
    return archive(files, "/lib/python314.zip/", level)
`);

function filesBelow(top, at = top) {
  return fs.readdirSync(at, { withFileTypes: true }).flatMap((item) => {
    const file = path.join(at, item.name);
    return item.isDirectory() ? filesBelow(top, file) : [path.relative(top, file)];
  }).sort();
}

function archive(name) {
  const top = path.join(stage, name);
  const names = filesBelow(top);
  python.FS.mkdirTree("/stage");
  names.forEach((file, at) => python.FS.writeFile(`/stage/${at}`, new Uint8Array(fs.readFileSync(path.join(top, file)))));
  return Buffer.from(python.globals.get("archive_folder")(python.toPy(names), `/lib/${name}.zip/`, name === OURS ? 0 : 2).toJs());
}

/* A pack is several files in one, as gzip: the length of a list, the list as JSON of [name, size], the bytes. */
function write(name, files) {
  const list = Buffer.from(JSON.stringify(files.map(([file, bytes]) => [file, bytes.length])));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(list.length);
  const packed = zlib.gzipSync(Buffer.concat([length, list, ...files.map(([, bytes]) => bytes)]), { level: 9 });
  packed[9] = 255;  // RFC 1952: made by an unknown operating system
  const sha256 = createHash("sha256").update(packed).digest("hex");
  const file = `${name}-${sha256.slice(0, HASH_LENGTH)}.pack`;
  fs.writeFileSync(path.join(out, file), packed);
  return { file, size: packed.length, sha256 };
}

fs.rmSync(out, { recursive: true, force: true });
fs.mkdirSync(out, { recursive: true });
const standard = Buffer.from(python.globals.get("archive_standard_library")(2).toJs());
const runtime = RUNTIME.map((name) => [name, fs.readFileSync(path.join(folder, name))]);
const packs = { runtime: write("runtime", [...runtime, ["stdlib.zip", standard]]) };
for (const name of fs.readdirSync(stage).sort()) packs[name] = write(name, [[`${name}.zip`, archive(name)]]);
const manifest = { python: info, packs };  // what Pyodide asks of a lock file, and the packs
fs.writeFileSync(path.join(out, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
