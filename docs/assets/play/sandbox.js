/* Runs programs in a frame without an origin (playground/frame.js), which has no network, no storage and no page. */
const BOOT_LIMIT = 90_000;  // ms
const NEEDED = ["runtime", "sqlalchemy", "program"];
const FRAME = "frame.html", SCRIPT = "worker.js";

/** Python could not be started, or ended by itself. */
export class Died extends Error {}

export class Sandbox {
  /** `place`: where the frame is put; `packs`: of packs.js. */
  constructor(place, packs) {
    Object.assign(this, { place, packs, waiting: {} });
    addEventListener("message", ({ source, data }) => {
      if (this.frame && source === this.frame.contentWindow && data) this.hear(data);
    });
  }

  /** Start Python, once. `progress(done, total)` is told of bytes, then `starting()` is called. */
  start(progress, starting) {
    this.started ??= this.boot(progress, starting).catch((error) => {
      this.frame?.remove();
      this.frame = this.started = null;  // another try begins anew
      throw error;
    });
    return this.started;
  }

  async boot(progress, starting) {
    const { packs } = this;
    const load = async () => {
      await packs.load();
      return Promise.all([packs.fetch(NEEDED, progress), packs.snapshot()]);
    };
    // All at the same time: on a second visit nothing is downloaded, and each of them takes a while.
    const [[needed, snapshot], script] = await Promise.all([load(), packs.text(SCRIPT), this.open()]);
    starting();
    const ready = this.wait("ready");
    // The frame has a process of its own, so what goes there is copied: packed it is a fifth of the size.
    this.post({ kind: "start", packs: needed, snapshot, script, info: packs.manifest.python });
    await ready;
  }

  /** Put the frame on the page; it answers when it is there. */
  async open() {
    const frame = await this.packs.text(FRAME);
    this.frame?.remove();  // one that came after its start had failed
    this.frame = document.createElement("iframe");
    // By its text, which needs no network; no service worker serves a frame without an origin.
    Object.assign(this.frame, { hidden: true, title: "Python", srcdoc: frame });
    this.frame.setAttribute("sandbox", "allow-scripts");
    const here = this.wait("here");
    this.place.append(this.frame);
    await here;
  }

  /** Run a program: how it ended, as {kind: "result" | "limit" | "stopped" | "died", …}. Nothing of it is to be trusted. */
  run(message) {
    return new Promise((resolve) => {
      this.finish = resolve;
      this.post({ kind: "run", ...message });
    });
  }

  stop() {
    this.post({ kind: "stop" });
  }

  post(message) {
    this.frame.contentWindow.postMessage(message, "*");  // it has no origin that one could name
  }

  wait(kind) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Died(`${BOOT_LIMIT / 1000} s`)), BOOT_LIMIT);
      this.waiting = { kind, resolve: () => { clearTimeout(timer); resolve(); }, reject };
    });
  }

  hear(data) {
    if (data.kind === this.waiting.kind) this.waiting.resolve();
    else if (data.kind === "snapshot" && !this.hasSnapshot && data.bytes instanceof ArrayBuffer) {
      this.hasSnapshot = true;  // the first one only: it was made before any program ran
      this.packs.keepSnapshot(data.bytes);
    } else if (this.finish && ["result", "limit", "stopped", "died"].includes(data.kind)) {
      const { finish } = this;
      this.finish = null;
      finish(data);
    } else if (data.kind === "died") this.waiting.reject?.(new Died(String(data.text).split("\n")[0].slice(0, 200)));
  }
}
