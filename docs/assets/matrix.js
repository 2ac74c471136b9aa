/* The filter of the state matrix: a starting point, an operation, or both. The choice stands in the address,
   ?start=pending&operation=flush, and with it a cell can be linked. Without this script the tables can be opened one at
   a time, because their folds have one name. An operation alone is shown for every starting point: then all are open. */
"use strict";
{
  const form = document.querySelector(".cell-filter");
  const { start, operation } = form.elements;
  const told = form.querySelector("output");
  const tables = [...document.querySelectorAll(".cells")];
  const folds = tables.map((table) => table.querySelector("details"));
  const [{ name }] = folds;

  /* A table, and what stands before it up to its heading. */
  const parts = (table) => {
    const found = [table];
    while (!/^H\d$/.test(found[0].tagName)) found.unshift(found[0].previousElementSibling);
    return found;
  };

  /* Show what is chosen; return the number of cells. */
  const show = () => {
    let shown = 0;
    const compared = operation.value !== "" && start.value === "";
    for (const fold of folds) fold.name = compared ? "" : name;
    tables.forEach((table, number) => {
      const fold = folds[number];
      const chosen = table.dataset.start === start.value;
      const here = chosen || start.value === "";
      for (const part of parts(table)) part.hidden = !here;
      fold.open = compared || chosen;
      for (const row of table.querySelectorAll("tbody > tr")) {
        row.hidden = operation.value !== "" && row.id !== `${table.dataset.start}-${operation.value}`;
        if (here && !row.hidden) shown += 1;
      }
    });
    return shown;
  };

  const filter = (hash) => {
    told.textContent = told.dataset.said.replace("{}", show());
    const address = new URL(location);
    for (const { name: key, value } of [start, operation]) {
      if (value) address.searchParams.set(key, value);
      else address.searchParams.delete(key);
    }
    address.hash = hash;
    history.replaceState(null, "", address);
  };
  const choose = () => {
    const cell = start.value && operation.value && `${start.value}-${operation.value}`;
    filter(cell || start.value || (operation.value && "tables"));
  };

  /* A link to a cell opens its table, and takes the filter away if that hides the cell. */
  const reveal = () => {
    const cell = document.getElementById(location.hash.slice(1));
    const fold = cell?.closest(".lookup");
    if (!fold || (fold.open && !cell.closest("[hidden]"))) return;
    if (start.value || operation.value) {
      start.value = operation.value = "";
      filter(location.hash);
    }
    fold.open = true;
    cell.scrollIntoView();
  };

  const asked = new URLSearchParams(location.search);
  for (const select of [start, operation]) {
    const value = asked.get(select.name);
    if ([...select.options].some((option) => option.value === value)) select.value = value;
  }
  form.hidden = false;
  if (start.value || operation.value) {
    choose();
    form.scrollIntoView();  // so that it is seen what is shown, and that the rest is hidden
  }
  reveal();
  form.addEventListener("change", choose);
  addEventListener("hashchange", reveal);
  for (const link of document.querySelectorAll(".language-switch")) {
    link.addEventListener("click", () => { link.search = location.search; });
  }
}
