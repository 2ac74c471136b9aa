/* The whole program of a story, its setup included: to copy, and to keep as a file. */
const programButtons = (data, words) => {
  if (!data.program) return [];
  const copy = make("button", { type: "button", className: "copy" }, words.copy);
  copy.onclick = async () => {
    await navigator.clipboard.writeText(data.program);
    copy.textContent = words.copied;
    setTimeout(() => { copy.textContent = words.copy; }, 2000);
  };
  const save = make("a", { download: data.file, href: "#" }, words.download);
  save.onclick = () => {  // made when it is asked for: an address for each stepper of a page would be kept for nothing
    save.href = URL.createObjectURL(new Blob([data.program], { type: "text/x-python" }));
    setTimeout(() => URL.revokeObjectURL(save.href), 1000);
  };
  return [copy, save];
};
