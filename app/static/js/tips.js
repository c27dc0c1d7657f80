// The chains in the matrix: Escape puts one away; the arrow keys move from cell to cell. A chain opens above its
// mark where there is no room below. Where there is no pointer to rest, the first tap opens it, the second follows it.
export function tips(table) {
  if (!table) return;
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("a.c");
    if (event.key === "Escape") table.classList.add("quiet");
    if (!cell || !event.key.startsWith("Arrow")) return;
    const next = neighbour(cell, event.key);
    if (next) { event.preventDefault(); next.focus(); }
  });
  for (const kind of ["mouseover", "focusin"]) {
    table.addEventListener(kind, (event) => {
      const cell = event.target.closest("a.c");
      if (!cell) return;
      table.classList.remove("quiet");
      place(cell);
      requestAnimationFrame(() => place(cell)); // the page may have scrolled to it meanwhile
    });
  }
  taps(table);
}

function place(cell) {
  const tip = cell.querySelector(".tip");
  cell.classList.remove("up");
  const box = tip.getBoundingClientRect();
  const head = cell.closest("table").tHead.getBoundingClientRect();
  cell.classList.toggle("up", box.bottom > innerHeight && cell.getBoundingClientRect().top - box.height > Math.max(0, head.bottom));
}

function taps(table) {
  let open = null;
  let ready = false; // whether the chain was open already when the finger came down
  let finger = false;
  const shut = () => { open?.classList.remove("open"); open = null; };
  document.addEventListener("pointerdown", (event) => {
    finger = event.pointerType === "touch";
    const cell = event.target.closest("a.c");
    ready = cell !== null && cell === open;
    if (!ready) shut();
  });
  table.addEventListener("click", (event) => {
    const cell = event.target.closest("a.c");
    if (!cell || !finger || ready) return;
    event.preventDefault();
    open = cell;
    cell.classList.add("open");
    table.classList.remove("quiet");
    place(cell);
  });
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
