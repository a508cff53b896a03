// A table wider than the screen can be reached by Tab, so that the arrow keys move it.
function reach() {
  for (const table of document.querySelectorAll(".table-scroll")) {
    if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
    else table.removeAttribute("tabindex");
  }
}

reach();
addEventListener("resize", reach);
