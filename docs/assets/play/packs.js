/* The packs that Python is made of (playground/compile.mjs): fetched once, checked, and kept in the browser. */
const CACHE = "playground";
const MANIFEST = "manifest.json";

/** What was downloaded is not what the manifest says. */
export class Damaged extends Error {}

export class Packs {
  constructor(base) {
    this.base = base;  // the folder's address
  }

  /** Learn which packs there are, before anything else is asked for. */
  async load() {
    this.manifest ??= JSON.parse(await this.text(MANIFEST));
  }

  /** The packs of these names, packed, as ArrayBuffers. `progress(done, total)` is told of bytes. */
  async fetch(names, progress) {
    const { packs } = this.manifest;
    const total = names.reduce((sum, name) => sum + packs[name].size, 0);
    let done = 0;
    const add = (bytes) => progress((done += bytes), total);
    return Promise.all(names.map((name) => this.pack(packs[name], add)));
  }

  /** What goes with the packs, from the network; without one, as it was when there was one. */
  async text(name) {
    const address = new URL(name, this.base).href, cache = await storage();
    let answer;
    try { answer = await answered(await fetch(address)); } catch (error) {
      const kept = await cache?.match(address);
      if (kept) return kept.text();
      throw error;
    }
    await cache?.put(address, answer.clone()).catch(() => {});
    return answer.text();
  }

  async pack({ file, size, sha256 }, progress) {
    const address = new URL(file, this.base).href, cache = await storage();
    const kept = await cache?.match(address);
    const packed = await read(kept || await answered(await fetch(address)), progress);
    if (packed.byteLength !== size || await digest(packed) !== sha256) {
      await cache?.delete(address);
      throw new Damaged(file);
    }
    if (cache && !kept) keep(cache, address, new Response(packed), (url) => url.startsWith(address.replace(/-[^-]+$/, "-")));
    return packed;
  }

  /** The memory, packed, of a Python that has imported everything and run nothing, if an earlier visit has kept one. */
  async snapshot() {
    try { return await (await (await storage()).match(this.snapshotAddress)).arrayBuffer(); } catch { return undefined; }
  }

  async keepSnapshot(packed) {
    const cache = await storage();  // without one, the next visit takes longer
    if (cache) keep(cache, this.snapshotAddress, new Response(packed), (url) => url.includes("/snapshot-"));
  }

  get snapshotAddress() {
    const { runtime, sqlalchemy, program } = this.manifest.packs;
    return new URL(`snapshot-${[runtime, sqlalchemy, program].map(({ sha256 }) => sha256.slice(0, 12)).join("-")}`, this.base).href;
  }
}

const storage = async () => { try { return await caches.open(CACHE); } catch { return undefined; } };  // private windows may have none

/* Keep a file in the place of earlier versions of it. */
async function keep(cache, address, response, isOlder) {
  try {
    for (const { url } of await cache.keys()) if (isOlder(url)) await cache.delete(url);
    await cache.put(address, response);
  } catch { /* there may be no room */ }
}

function answered(response) {
  if (!response.ok) throw new Error(`${response.url.split("/").pop()}: ${response.status}`);
  return response;
}

async function read(response, progress) {
  const parts = [], reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(parts).arrayBuffer();
    parts.push(value);
    progress(value.length);
  }
}

async function digest(buffer) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", buffer));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
