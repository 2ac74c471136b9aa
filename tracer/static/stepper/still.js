/* Still frames: one step as SVG. Knows no document. */
const drawStill = (story, at, geometry, words) => [...scene(story, at, geometry, words)]
  .sort((one, other) => one.layer - other.layer)
  .map((shape) => `<g class="${shape.cls}" transform="translate(${shape.x} ${shape.y})">${shape.body}</g>`).join("");

globalThis.sessionStepper = { STATES, nameOf };
