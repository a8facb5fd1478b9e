/* Ctrl-K: goes to a place, begins an act, opens what is on the page or anywhere else; by keys alone, without tones. */
import { fold, marked, matches } from "./fold.js";

const PHONE = matchMedia("(max-width: 47.99rem)");
const WAIT = 160;
const SHOWN = 7;
const LEAST = 2;

export function startFinder() {
  const dialog = document.getElementById("finder");
  const input = dialog?.querySelector("input");
  if (!dialog) return;
  input.addEventListener("input", () => look(dialog));
  input.addEventListener("keydown", (event) => press(dialog, event));
  dialog.querySelector("ul").addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) take(dialog, [...item.parentElement.children].indexOf(item));
  });
  /* On a phone the field in the bar is only a button: there is no room to show what it finds. */
  const field = document.querySelector("[data-find]");
  field?.addEventListener("mousedown", (event) => { if (PHONE.matches) event.preventDefault(); });
  field?.addEventListener("click", () => { if (PHONE.matches) openFinder(); });
}

export function openFinder() {
  const dialog = document.getElementById("finder");
  if (!dialog || dialog.open) return;
  dialog.known = candidates(dialog.querySelector("ul").dataset);
  dialog.querySelector("input").value = "";
  dialog.showModal();
  look(dialog);
}

/* What is known without asking: places, acts, the page's actions and moves, and the rows in sight. */
function candidates(kinds) {
  const named = [
    ["[data-place]", kinds.placeKind, false],
    ["[data-act]", kinds.actKind, false],
    [".page-actions a, .page-actions button, .moves-bar > form button, .move > summary, main .row-title, .tab", kinds.hereKind, true],
  ];
  return named.flatMap(([selector, kind, inSight]) => [...document.querySelectorAll(selector)]
    .filter((element) => !inSight || element.offsetParent !== null)
    .map((element) => ({ words: nameOf(element), kind, go: () => element.click(), folded: fold(nameOf(element)) })));
}

export function nameOf(element) {
  return [...element.childNodes].filter((node) => node.nodeName !== "KBD").map((node) => node.textContent).join("").trim();
}

function press(dialog, event) {
  if (event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    dialog.moved = true;
    at(dialog, dialog.at + step);
  } else if (event.key === "Enter") {
    event.preventDefault();
    take(dialog, dialog.at);
  }
}

function look(dialog) {
  const typed = dialog.querySelector("input").value.trim();
  dialog.moved = false;
  dialog.asked?.abort();
  clearTimeout(dialog.wait);
  show(dialog, typed, []);
  if (typed.length >= LEAST) dialog.wait = setTimeout(() => ask(dialog, typed), WAIT);
}

async function ask(dialog, typed) {
  dialog.asked = new AbortController();
  try {
    const answer = await fetch(`/search/suggest?q=${encodeURIComponent(typed)}`, { signal: dialog.asked.signal, headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return;
    const hits = await answer.json();
    show(dialog, typed, hits.map((hit) => ({ ...hit, go: () => location.assign(hit.href) })));
  } catch {
    /* Cut off or overtaken by the next letter: what the page itself knows stands there already. */
  }
}

function show(dialog, typed, hits) {
  const list = dialog.querySelector("ul");
  const before = dialog.moved ? dialog.shown[dialog.at]?.words : null;
  const fitting = dialog.known.filter((item) => matches(fold(typed), item.folded));
  const near = fitting.filter((item, number) => fitting.findIndex((other) => other.folded === item.folded) === number).slice(0, typed ? SHOWN : SHOWN + 5);
  const others = hits.filter((hit) => !near.some((item) => item.words === hit.words));
  dialog.shown = [...near, ...others];
  if (typed) {
    const words = list.dataset.findWords.replace("…", typed);
    dialog.shown.push({ words, kind: list.dataset.allKind, go: () => location.assign(`/search/?q=${encodeURIComponent(typed)}`) });
  }
  list.replaceChildren(...dialog.shown.map((item, index) => draw(item, index, item.kind === list.dataset.allKind ? "" : typed)));
  const said = dialog.querySelector("[data-found]");
  if (said) said.textContent = said.dataset.found.replace("…", dialog.shown.length);
  at(dialog, Math.max(0, before === null ? 0 : dialog.shown.findIndex((item) => item.words === before)));
}

function draw(item, index, typed) {
  const line = document.createElement("li");
  line.id = `finder-${index}`;
  line.setAttribute("role", "option");
  for (const part of ["words", "kind", "note"]) {
    if (!item[part]) continue;
    const piece = document.createElement("span");
    piece.className = `finder-${part}`;
    piece.append(...(part === "kind" ? [item[part]] : marked(item[part], typed)));
    line.append(piece, " ");
  }
  return line;
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
