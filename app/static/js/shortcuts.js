/* Keys: j/k walk the list, Enter opens, letters make moves, ? helps, Ctrl-K finds anything,
   Ctrl-Enter sends the form of a long text, and that of a move from each of its fields.
   Off in fields and while a Vietnamese keyboard composes; letters can be switched off in the help. */
import { nameOf, openFinder } from "./finder.js";
import { markRow, openPane } from "./preview.js";

export function startShortcuts() {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.key === "Process" || event.defaultPrevented) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k" && document.getElementById("finder")) {
      event.preventDefault();
      openFinder();
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.matches?.("textarea, .move-form :is(input, select)") && event.target.form) {
      const { form } = event.target;
      event.preventDefault();
      form.requestSubmit(form.querySelector("button.btn-primary[type=submit]") ?? form.querySelector("button[type=submit]"));
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

/* Where somebody walked to a card, its letters are meant and no other card's; before that, those of the first. */
function press(key) {
  const at = document.querySelector("main [data-walk].is-at:has([data-key])");
  const found = [...document.querySelectorAll("[data-key]")].find((button) => {
    const card = button.closest("[data-walk]");
    return button.dataset.key === key && button.offsetParent !== null && (!at || !card || card === at);
  });
  found?.click();
  return found !== undefined;
}

function openHelp() {
  const dialog = document.getElementById("shortcut-help");
  const here = dialog?.querySelector("[data-keys-here]");
  if (!dialog) return;
  const seen = new Set();
  const first = [...document.querySelectorAll("[data-key]")].filter(({ dataset: { key } }) => !seen.has(key) && seen.add(key));
  here.replaceChildren(...first.map((button) => {
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
