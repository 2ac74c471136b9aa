/* Paints the shapes of a frame into one SVG: what was there moves to its place, what is new comes from where it was made,
   what is gone fades. Positions are set through the CSSOM, which a policy without inline styles allows. */
const FADE = 300;  // ms, as in picture.css

class Picture {
  constructor(story, words) {
    Object.assign(this, { story, words, shown: new Map() });
    this.svg = document.createElementNS(SVG, "svg");
    this.svg.setAttribute("aria-hidden", "true");  // the sentence and the listing say all that it shows
    this.svg.innerHTML = "<g></g>".repeat(8);  // a group for each layer of shapes
    this.layers = [...this.svg.children];
    this.element = make("div", { className: "map" }, this.svg);
  }

  /* Plans anew for a size; the picture is then painted without motion. */
  resize(width, height, isNarrow) {
    const size = `${width} ${isNarrow ? "" : height}`;
    if (!width || size === this.size) return false;
    this.size = size;
    this.geometry = fit(this.story, width, height, isNarrow);
    this.svg.setAttribute("viewBox", `0 0 ${width} ${this.geometry.H}`);
    this.svg.setAttribute("width", width);
    this.svg.setAttribute("height", this.geometry.H);
    for (const layer of this.layers) layer.replaceChildren();
    this.shown.clear();
    return true;
  }

  show(at, still) {
    if (!this.geometry) return;
    const seen = new Set(), fresh = [];
    for (const shape of scene(this.story, at, this.geometry, this.words)) {
      seen.add(shape.key);
      const where = `translate(${shape.x}px, ${shape.y}px)`;
      let one = this.shown.get(shape.key);
      if (!one) {
        const element = document.createElementNS(SVG, "g");
        this.layers[shape.layer].append(element);
        this.shown.set(shape.key, (one = { element }));
        const from = !still && shape.from && this.shown.get(shape.from);
        element.style.transform = from?.where || where;
        if (!still) element.style.opacity = 0;
        fresh.push([one, where]);
      } else if (one.where !== where) one.element.style.transform = where;
      if (one.body !== shape.body) one.element.innerHTML = shape.body;
      if (one.cls !== shape.cls) one.element.setAttribute("class", shape.cls);
      Object.assign(one, { where, body: shape.body, cls: shape.cls });
    }
    for (const [key, { element }] of this.shown) {
      if (seen.has(key)) continue;
      this.shown.delete(key);
      element.style.opacity = 0;
      setTimeout(() => element.remove(), still ? 0 : FADE);
    }
    if (fresh.length && !still) this.svg.getBoundingClientRect();  // so that what is new starts where it starts
    for (const [{ element }, where] of fresh) {
      element.style.transform = where;
      element.style.opacity = 1;
    }
  }
}
