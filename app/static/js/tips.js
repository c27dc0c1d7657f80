// The chains in the matrix: Escape puts one away; the arrow keys move from cell to cell.
export function tips(table) {
  if (!table) return;
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("a.c");
    if (event.key === "Escape") table.classList.add("quiet");
    if (!cell || !event.key.startsWith("Arrow")) return;
    const next = neighbour(cell, event.key);
    if (next) { event.preventDefault(); next.focus(); }
  });
  for (const kind of ["mouseover", "focusin"]) table.addEventListener(kind, (event) => { if (event.target.closest("a.c")) table.classList.remove("quiet"); });
}

function neighbour(cell, key) {
  const here = cell.closest("td");
  const step = { ArrowLeft: "previousElementSibling", ArrowRight: "nextElementSibling" }[key];
  if (step) {
    for (let at = here[step]; at; at = at[step]) { const found = at.querySelector("a.c"); if (found) return found; }
    return null;
  }
  const rows = [...here.closest("table").rows];
  const towards = key === "ArrowDown" ? 1 : -1;
  for (let i = here.parentElement.rowIndex + towards; i >= 0 && i < rows.length; i += towards) {
    const found = rows[i].cells[here.cellIndex]?.querySelector("a.c");
    if (found) return found;
  }
  return null;
}
