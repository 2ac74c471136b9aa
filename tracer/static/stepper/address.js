/* The address: it ends in #steps-NAME-5 while the fifth step is shown, so that a link and Back lead there again. */
const writeAddress = (id) => history.replaceState(history.state, "", `#${id}`);

/* Calls `open(section, step)` for the stepper that the address names; `step` counts from 0, if there is one. */
const readAddress = (open) => {
  const [, id, step] = /^#(steps-.+?)(?:-(\d+))?$/.exec(decodeURIComponent(location.hash)) || [];
  const section = id && document.getElementById(id);
  if (section) open(section, step ? step - 1 : undefined);
};
