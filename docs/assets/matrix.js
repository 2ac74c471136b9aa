/* The filter of the state matrix: a starting point, an operation, or both. The choice stands in the address,
   ?start=pending&operation=flush, and with it a cell can be linked. Without this script all tables are there. */
"use strict";
{
  const form = document.querySelector(".cell-filter");
  const { start, operation } = form.elements;
  const told = form.querySelector("output");
  const tables = document.querySelectorAll(".cells");

  /* A table, and what stands before it up to its heading. */
  const parts = (table) => {
    const found = [table];
    while (!/^H\d$/.test(found[0].tagName)) found.unshift(found[0].previousElementSibling);
    return found;
  };

  const show = () => {
    let shown = 0;
    for (const table of tables) {
      const here = !start.value || table.dataset.start === start.value;
      for (const part of parts(table)) part.hidden = !here;
      for (const row of table.querySelectorAll("tbody > tr")) {
        row.hidden = operation.value !== "" && row.id !== `${table.dataset.start}-${operation.value}`;
        if (here && !row.hidden) shown += 1;
      }
    }
    return shown;
  };

  const filter = (hash) => {
    told.textContent = told.dataset.said.replace("{}", show());
    const address = new URL(location);
    for (const { name, value } of [start, operation]) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    address.hash = hash;
    history.replaceState(null, "", address);
  };
  const choose = () => {
    const cell = start.value && operation.value && `${start.value}-${operation.value}`;
    filter(cell || start.value || (operation.value && "tables"));
  };

  /* A link to a cell that the filter hides takes the filter away. */
  const reveal = () => {
    const cell = document.getElementById(location.hash.slice(1));
    if (!cell?.closest("[hidden]")) return;
    start.value = operation.value = "";
    filter(location.hash);
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
  form.addEventListener("change", choose);
  addEventListener("hashchange", reveal);
  for (const link of document.querySelectorAll(".language-switch")) {
    link.addEventListener("click", () => { link.search = location.search; });
  }
}
