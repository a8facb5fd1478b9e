/* Names offered behind an «@»: the field's data-mention holds them, parted by «|». Toneless typing finds them. */
import { fold, nearest } from "./fold.js";

const SHOWN = 6;

export function startMentions(root) {
  for (const field of root.querySelectorAll("textarea[data-mention]:not([data-ready])")) new Mention(field);
}

class Mention {
  constructor(field) {
    field.dataset.ready = "";
    this.field = field;
    this.names = field.dataset.mention.split("|").filter(Boolean);
    this.at = 0;
    this.list = document.createElement("ul");
    this.list.className = "combo-list mention-list";
    this.list.id = `${field.id}-names`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", document.documentElement.lang === "en" ? "People" : "Người được nhắc đến");
    this.list.hidden = true;
    const box = document.createElement("div");
    box.className = "combo";
    field.before(box);
    box.append(field, this.list);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.list.id);
    field.addEventListener("input", () => this.offer());
    field.addEventListener("keydown", (event) => this.press(event));
    field.addEventListener("blur", () => this.close());
  }

  typed() {
    const before = this.field.value.slice(0, this.field.selectionStart);
    return /@([\p{L}\p{M}]*(?: [\p{L}\p{M}]*){0,3})$/u.exec(before);
  }

  offer() {
    const typed = this.typed();
    this.found = typed ? nearest(this.names, fold(typed[1]), fold).slice(0, SHOWN) : [];
    if (typed && this.found.some((name) => fold(name) === fold(typed[1].trim()))) this.found = [];
    this.at = 0;
    this.draw();
  }

  draw() {
    this.list.replaceChildren(...this.found.map((name, index) => {
      const line = document.createElement("li");
      line.setAttribute("role", "option");
      line.id = `${this.list.id}-${index}`;
      line.setAttribute("aria-selected", String(index === this.at));
      line.classList.toggle("is-at", index === this.at);
      line.textContent = name;
      line.addEventListener("mousedown", (event) => { event.preventDefault(); this.take(index); });
      return line;
    }));
    this.list.hidden = !this.found.length;
    if (this.found.length) this.field.setAttribute("aria-activedescendant", `${this.list.id}-${this.at}`);
    else this.field.removeAttribute("aria-activedescendant");
  }

  press(event) {
    if (this.list.hidden || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.at = (this.at + step + this.found.length) % this.found.length;
    else if (event.key === "Enter" || event.key === "Tab") { event.preventDefault(); this.take(this.at); return; }
    else if (event.key === "Escape") { event.stopPropagation(); this.close(); return; }
    else return;
    event.preventDefault();
    this.draw();
  }

  take(index) {
    const typed = this.typed();
    const end = this.field.selectionStart;
    const begin = end - typed[0].length;
    this.field.setRangeText(`@${this.found[index]} `, begin, end, "end");
    this.close();
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  close() {
    this.found = [];
    this.draw();
  }
}
