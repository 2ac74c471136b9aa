/* The whole program of a story, its setup included: to copy, and to keep as a file. Its library stands beside this script. */
const programButtons = ({ file, library, program }, words) => {
  const whole = async () => (library ? await (await fetch(new URL(library, SOURCE))).text() : "") + program;
  const button = (name, onclick) => make("button", { onclick }, words[name]);
  return program ? [
    button("copy", async ({ target }) => {
      await navigator.clipboard.writeText(await whole());
      target.textContent = words.copied;
    }),
    button("download", async () => make("a", { download: file, href: URL.createObjectURL(new Blob([await whole()])) }).click()),
  ] : [];
};
