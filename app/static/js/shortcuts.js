/* Keys: j/k walk the list, Enter opens, letters make moves, ? helps, Ctrl-K finds anything.
   Off in fields and while a Vietnamese keyboard composes; letters can be switched off in the help. */
import { fold, matches } from "./fold.js";
import { markRow, openPane } from "./preview.js";

export function startShortcuts() {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.key === "Process" || event.defaultPrevented) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && document.getElementById("finder")) {
      event.preventDefault();
      openFinder();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "?") openHelp();
    else if (document.body.dataset.shortcuts === "off") return;
    else if (event.key === "j" || event.key === "k") walk(event.key === "j" ? 1 : -1);
    else if (event.key === "Enter" && event.target === document.body) openRow();
    else if (!press(event.key)) return;
    event.preventDefault();
  });
  startFinder();
}

function isTyping(target) {
  return target.closest?.("input, textarea, select, [contenteditable], [role=combobox]") != null;
}

function rows() {
  return [...document.querySelectorAll("main tbody tr:has(.row-title), main [data-walk]")];
}

function walk(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((row) => row.classList.contains("is-at"));
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, at + step))];
  markRow(next);
  const link = next.querySelector(".row-title, a");
  const pane = document.getElementById("pane");
  if (pane && !pane.hidden && link.matches(".row-title")) openPane(link);
  else link?.focus();
  next.scrollIntoView({ block: "nearest" });
}

function openRow() {
  document.querySelector("tr.is-at .row-title")?.click();
}

function press(key) {
  const found = [...document.querySelectorAll("[data-key]")].find((button) => button.dataset.key === key && button.offsetParent !== null);
  found?.click();
  return found !== undefined;
}

function openHelp() {
  const dialog = document.getElementById("shortcut-help");
  const here = dialog?.querySelector("[data-keys-here]");
  if (!dialog) return;
  here.replaceChildren(...[...document.querySelectorAll("[data-key]")].map((button) => {
    const line = document.createElement("div");
    const term = document.createElement("dt");
    const key = document.createElement("kbd");
    const meaning = document.createElement("dd");
    key.textContent = button.dataset.key;
    meaning.textContent = nameOf(button);
    term.append(key);
    line.append(term, meaning);
    return line;
  }));
  dialog.showModal();
}

function nameOf(element) {
  return [...element.childNodes].filter((node) => node.nodeName !== "KBD").map((node) => node.textContent).join("").trim();
}

/* What can be found: places, the page's actions and moves, the rows in sight, and a search in all tasks. */
function candidates() {
  const elements = [...document.querySelectorAll("[data-place], .page-actions a, .page-actions button, .moves-bar > form button, .move > summary, main .row-title, .tab")];
  return elements.filter((element) => element.offsetParent !== null || element.matches("[data-place]")).map((element) => ({ words: nameOf(element), go: () => element.click(), folded: fold(nameOf(element)) }));
}

function openFinder() {
  const dialog = document.getElementById("finder");
  if (dialog.open) return;
  dialog.found = candidates();
  dialog.querySelector("input").value = "";
  dialog.showModal();
  show(dialog);
}

function startFinder() {
  const dialog = document.getElementById("finder");
  const input = dialog?.querySelector("input");
  if (!dialog) return;
  input.addEventListener("input", () => show(dialog));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      at(dialog, dialog.at + step);
    } else if (event.key === "Enter") {
      event.preventDefault();
      take(dialog, dialog.at);
    }
  });
  dialog.querySelector("ul").addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) take(dialog, [...item.parentElement.children].indexOf(item));
  });
}

function show(dialog) {
  const typed = dialog.querySelector("input").value;
  const list = dialog.querySelector("ul");
  dialog.shown = dialog.found.filter((item) => matches(fold(typed), item.folded)).slice(0, 9);
  if (typed.trim()) {
    const words = list.dataset.findWords.replace("…", typed.trim());
    dialog.shown.push({ words, go: () => location.assign(`/tasks?q=${encodeURIComponent(typed.trim())}`) });
  }
  list.replaceChildren(...dialog.shown.map((item, index) => {
    const line = document.createElement("li");
    line.id = `finder-${index}`;
    line.setAttribute("role", "option");
    line.textContent = item.words;
    return line;
  }));
  at(dialog, 0);
}

function at(dialog, index) {
  const items = [...dialog.querySelectorAll("[role=option]")];
  dialog.at = Math.max(0, Math.min(items.length - 1, index));
  items.forEach((item, number) => {
    item.classList.toggle("is-at", number === dialog.at);
    item.setAttribute("aria-selected", String(number === dialog.at));
  });
  items[dialog.at]?.scrollIntoView({ block: "nearest" });
  dialog.querySelector("input").setAttribute("aria-activedescendant", items[dialog.at]?.id ?? "");
}

function take(dialog, index) {
  const item = dialog.shown[index];
  if (!item) return;
  dialog.close();
  item.go();
}
