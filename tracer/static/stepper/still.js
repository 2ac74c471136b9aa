/* Still frames: one step as SVG, for print, for cards, and for Node. Knows no document. */
const LAYERS = 8;
const drawn = (shapes) => [...shapes].sort((one, other) => one.layer - other.layer)
  .map((shape) => `<g class="${shape.cls}" transform="translate(${shape.x} ${shape.y})">${shape.body}</g>`).join("");

/* The inside of an SVG of that size. `at` counts from 0; without it, the step to open at. */
const still = (data, { at, width = 1040, height = 480, language = "en", narrow: small = false }) => {
  const story = prepare(data), geometry = fit(story, width, height, small);
  const step = at ?? data.open;
  return { at: step, height: geometry.H, body: drawn(scene(story, step, geometry, CATALOGUE[language])) };
};

globalThis.sessionStepper = { STATES, nameOf, still };
