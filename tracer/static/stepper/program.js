/* The whole program of a story, its setup included: to copy, and to keep as a file. Its library stands beside this script. */
const programButtons = (data, words) => {
  if (!data.program) return [];
  const whole = async () => (data.library ? await (await fetch(new URL(data.library, SOURCE))).text() : "") + data.program;
  const copy = make("button", { type: "button", className: "copy" }, words.copy);
  copy.onclick = async () => {
    await navigator.clipboard.writeText(await whole());
    copy.textContent = words.copied;
  };
  const save = make("a", { download: data.file, href: "#" }, words.download);
  save.onclick = async (event) => {
    if (save.href.startsWith("blob:")) return;  // made when it is asked for
    event.preventDefault();
    save.href = URL.createObjectURL(new Blob([await whole()]));
    save.click();
  };
  return [copy, save];
};
