/* What Node asks for: a step as the inside of an SVG of that size. `at` counts from 0; without it, the step to open at. */
const still = (data, { at = data.open, width = 1040, height = 480, language = "en", narrow: small = false }) => {
  const story = prepare(data), geometry = fit(story, width, height, small);
  return { at, height: geometry.H, body: drawStill(story, at, geometry, CATALOGUE[language]) };
};

Object.assign(globalThis.sessionStepper, { still });
