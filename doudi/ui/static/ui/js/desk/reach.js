// A table wider than the screen can be reached by Tab, so that the arrow keys move it.
// On a phone a list that does not fit stands line under line instead, each value with its heading;
// a table of figures keeps its columns, and its first one stays in sight.
const PHONE = matchMedia("(max-width: 40rem)");
const TALL = 150; // pixels: a row higher than this was squeezed
const ROLES = { THEAD: "rowgroup", TBODY: "rowgroup", TFOOT: "rowgroup", TR: "row", TD: "cell" };

function squeezed(box, table) {
  return box.scrollWidth > box.clientWidth || [...table.rows].some((row) => row.offsetHeight > TALL);
}

function plain(table) {
  return table.tHead?.rows.length === 1 && ![...table.tHead.rows[0].cells].some((c) => c.colSpan > 1);
}

function stack(table, heads) {
  for (const row of [...table.rows].slice(1)) {
    if (row.cells.length !== heads.length) continue;
    [...row.cells].forEach((cell, at) => {
      const words = heads[at].innerText.trim();
      if (!cell.textContent.trim() && !cell.children.length) cell.dataset.empty = "";
      else if (words) cell.dataset.label = words[0].toUpperCase() + words.slice(1);
    });
  }
  table.setAttribute("role", "table"); // standing otherwise, it stays a table for who hears it
  for (const part of table.querySelectorAll(Object.keys(ROLES).join()))
    part.setAttribute("role", ROLES[part.tagName]);
  for (const head of heads) head.setAttribute("role", "columnheader");
  table.classList.add("stacked");
}

function fit(box) {
  const table = box.querySelector(".table");
  if (!table || table.matches(".stack, .stacked, .pinned") || !squeezed(box, table)) return;
  const heads = plain(table) ? [...table.tHead.rows[0].cells] : [];
  const figures = heads.filter((head) => head.matches(".num")).length * 2 > heads.length;
  if (heads.length > 2 && (!figures || table.rows.length <= 4)) stack(table, heads);
  else table.classList.add("pinned");
}

function reach() {
  for (const box of document.querySelectorAll(".table-scroll, .month-cards > .card")) {
    if (PHONE.matches) fit(box);
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}

reach();
addEventListener("resize", reach);
