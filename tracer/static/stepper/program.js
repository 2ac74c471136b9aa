/* The whole program of a story, its setup included: to copy, and to keep as a file. */
const programButtons = (data, words) => {
  if (!data.program) return [];
  const copy = make("button", { type: "button", className: "copy" }, words.copy);
  copy.onclick = async () => {
    await navigator.clipboard.writeText(data.program);
    copy.textContent = words.copied;
  };
  const save = make("a", { download: data.file, href: "#" }, words.download);
  save.onclick = () => { save.href = URL.createObjectURL(new Blob([data.program])); };  // made when it is asked for
  return [copy, save];
};
