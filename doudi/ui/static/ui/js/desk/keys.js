// The desk by keyboard: every key here is a shortcut to something that a mouse can do too.
const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable]";
const LINE = "main form[method=post] :is(input[type=text], input[type=date], input[type=number], input[type=month], input[type=tel], input:not([type]))";
const STOP = "input:not([type=hidden]), select, textarea, button";
const box = document.querySelector("[data-doudi-find]");
const panel = document.getElementById("keys");

function rows() {
  return [...document.querySelectorAll("[data-doudi-rows] tbody tr")];
}

function go(step) {
  const all = rows();
  if (!all.length) return false;
  const here = all.indexOf(document.activeElement?.closest("tr"));
  const next = here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step;
  if (next < 0 && box) box.focus();
  else all[Math.min(next, all.length - 1)]?.querySelector("a")?.focus();
  return true;
}

function help() {
  if (!panel?.showModal) return false;
  if (panel.open) panel.close();
  else panel.showModal();
  return true;
}

function tick() {
  const mark = document.activeElement?.closest("tr")?.querySelector("input[type=checkbox]");
  mark?.click();
  return Boolean(mark);
}

// Enter goes on to the next field, as offices are used to, and never signs by mistake.
function onward(line) {
  const stops = [...line.form.elements].filter((stop) => stop.matches(STOP) && stop.offsetParent);
  const next = stops[stops.indexOf(line) + 1];
  next?.focus();
  return Boolean(next);
}

function save() {
  const forms = document.querySelectorAll("main form[method=post]");
  const form = document.activeElement?.form ?? (forms.length === 1 ? forms[0] : null);
  const button = form?.querySelector("button.primary");
  button?.click();
  return Boolean(button);
}

const KEYS = {
  "/": () => (box ? (box.focus(), true) : false),
  "?": help,
  j: () => go(1),
  k: () => go(-1),
  ArrowDown: () => Boolean(document.activeElement?.closest("[data-doudi-rows]")) && go(1),
  ArrowUp: () => Boolean(document.activeElement?.closest("[data-doudi-rows]")) && go(-1),
  x: tick,
  g: () => (location.assign("/desk/"), true),
};

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s" && !event.repeat) {
    if (save()) event.preventDefault();
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.key === "F3" && box) {
    box.focus();
    event.preventDefault();
    return;
  }
  if (event.key === "Enter" && event.target.matches?.(LINE)) {
    if (onward(event.target)) event.preventDefault();
    return;
  }
  if (event.target === box && event.key === "ArrowDown") {
    if (go(1)) event.preventDefault();
    return;
  }
  if (event.target.matches?.(TYPING)) return;
  if (panel?.open && event.key !== "?") return;
  if (KEYS[event.key]?.()) event.preventDefault();
});

document.querySelector("[data-doudi-keys]")?.addEventListener("click", (event) => {
  if (help()) event.preventDefault();
});
