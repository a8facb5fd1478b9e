/* A <select> that is found by typing without tones: one choice or several. The select stays in the form and is what is sent.
   Follows the ARIA combobox pattern with a list popup; an option's data-words adds aliases, data-hint a grey note. */
import { fold, marked, nearest } from "./fold.js";

const english = document.documentElement.lang === "en";
const words = english
  ? { none: "Nothing found. Type fewer letters.", remove: "Remove", list: "Choices" }
  : { none: "Không tìm thấy. Hãy gõ ít chữ hơn.", remove: "Bỏ", list: "Các lựa chọn" };
const SHOWN = 60;

export function startPickers(root) {
  for (const field of root.querySelectorAll("input[data-pick-from]")) fromList(field);
  for (const select of root.querySelectorAll("select[data-picker]:not([data-ready])")) new Picker(select);
}

/* A text field with suggestions becomes a picker of them; many fields share one list, which is sent once. */
function fromList(field) {
  const list = document.getElementById(field.dataset.pickFrom);
  const typed = field.value.trim();
  const select = document.createElement("select");
  select.append(new Option("", ""));
  for (const one of list?.options ?? []) select.append(new Option(one.label || one.value, one.value, false, one.value === typed || (typed !== "" && one.value.startsWith(`${typed} `))));
  /* What was typed and is not in the list stays to be seen. */
  if (typed && select.value === "") select.append(new Option(typed, typed, false, true));
  Object.assign(select, { name: field.name, id: field.id, className: "form-select" });
  select.dataset.picker = field.placeholder;
  if (field.hasAttribute("aria-describedby")) select.setAttribute("aria-describedby", field.getAttribute("aria-describedby"));
  field.replaceWith(select);
}

class Picker {
  constructor(select) {
    this.select = select;
    this.at = -1;
    this.found = [];
    select.dataset.ready = "";
    this.options = [...select.options].filter((option) => option.value !== "").map((option) => ({
      option, label: option.textContent.trim(), folded: fold(`${option.textContent} ${option.dataset.words ?? ""}`),
    }));
    this.build();
    this.listen();
    this.showChosen();
  }

  build() {
    const { select } = this;
    this.box = make("div", "combo");
    this.field = make("div", "combo-field");
    this.input = make("input");
    this.list = make("ul", "combo-list");
    Object.assign(this.input, { type: "text", id: select.id, autocomplete: "off", placeholder: select.dataset.picker });
    select.id = `${select.id}-select`;
    this.list.id = `${this.input.id}-list`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", words.list);
    if (select.multiple) this.list.setAttribute("aria-multiselectable", "true");
    for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": this.list.id, "aria-autocomplete": "list", spellcheck: "false" })) {
      this.input.setAttribute(name, value);
    }
    for (const name of ["aria-describedby", "aria-invalid"]) {
      if (select.hasAttribute(name)) this.input.setAttribute(name, select.getAttribute(name));
    }
    if (select.required) {
      this.input.setAttribute("aria-required", "true");
      select.required = false;
    }
    select.hidden = true;
    select.before(this.box);
    this.field.append(this.input);
    this.box.append(this.field, this.list, select);
  }

  listen() {
    this.field.addEventListener("mousedown", (event) => {
      if (event.target.closest("button")) return;
      if (event.target !== this.input) event.preventDefault();
      this.input.focus();
      this.open();
    });
    this.input.addEventListener("input", () => this.open());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => {
      this.close();
      this.showChosen();
    });
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const item = event.target.closest("[role=option]");
      if (item) this.choose(this.found[[...this.list.children].indexOf(item)]);
    });
    this.select.addEventListener("change", () => this.showChosen());
    this.select.form?.addEventListener("reset", () => setTimeout(() => this.showChosen()));
  }

  key(event) {
    if (event.isComposing) return;
    const isOpen = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) this.open();
      else this.go(this.at + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      /* What is marked is chosen; then the form is sent, as from every field. */
      if (isOpen && this.typed() && this.found[this.at]) this.choose(this.found[this.at], false);
    } else if (event.key === "Enter" && isOpen) {
      event.preventDefault();
      if (this.found[this.at]) this.choose(this.found[this.at]);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
      this.showChosen();
    } else if (event.key === "Tab" && isOpen && this.typed() && this.found[this.at]) {
      this.choose(this.found[this.at], false);
    } else if (event.key === "Backspace" && this.input.value === "" && this.select.multiple) {
      const last = [...this.select.selectedOptions].at(-1);
      if (last) this.drop(last);
    } else if ((event.key === "Backspace" || event.key === "Delete") && !this.select.multiple && this.input.selectionStart === 0 && this.input.selectionEnd === this.input.value.length) {
      this.clear();
    }
  }

  typed() {
    const chosen = this.select.selectedOptions[0];
    const same = !this.select.multiple && chosen && this.input.value === chosen.textContent.trim();
    return same ? "" : fold(this.input.value);
  }

  open() {
    const typed = this.typed();
    const exact = this.input.value.trim().toLowerCase();
    this.found = nearest([...this.options], typed, (item) => item.folded);
    if (typed) this.found.sort((a, b) => rank(b, typed, exact) - rank(a, typed, exact));
    this.found = this.found.slice(0, SHOWN);
    this.list.replaceChildren(...this.found.map((item, index) => this.item(item, index, typed)));
    if (!this.found.length) {
      const none = make("li", "combo-none");
      none.textContent = words.none;
      none.setAttribute("role", "option");
      none.setAttribute("aria-disabled", "true");
      this.list.append(none);
    }
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    const chosen = typed ? 0 : this.found.findIndex((item) => item.option.selected && !this.select.multiple);
    this.go(chosen);
  }

  item(item, index, typed) {
    const line = make("li");
    line.id = `${this.list.id}-${index}`;
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", String(item.option.selected && item.option.value !== ""));
    line.append(...marked(item.label, typed));
    if (item.option.dataset.hint) {
      const hint = make("span", "combo-hint");
      hint.textContent = item.option.dataset.hint;
      line.append(hint);
    }
    return line;
  }

  go(index) {
    const items = this.list.querySelectorAll("[role=option]:not([aria-disabled])");
    this.at = items.length ? Math.max(-1, Math.min(index, items.length - 1)) : -1;
    items.forEach((item, number) => item.classList.toggle("is-at", number === this.at));
    const here = items[this.at];
    if (here) {
      this.input.setAttribute("aria-activedescendant", here.id);
      here.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  choose(item, stay = true) {
    if (!item) return;
    item.option.selected = this.select.multiple ? !item.option.selected : true;
    this.input.value = "";
    this.tell();
    if (this.select.multiple && stay) this.open();
    else this.close();
  }

  drop(option) {
    option.selected = false;
    this.tell();
  }

  clear() {
    this.select.value = "";
    if (this.select.value !== "") this.select.selectedIndex = -1;
    this.tell();
  }

  tell() {
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  showChosen() {
    this.field.querySelectorAll(".combo-chip").forEach((chip) => chip.remove());
    const chosen = [...this.select.selectedOptions].filter((option) => option.value !== "");
    if (!this.select.multiple) {
      this.input.value = chosen[0]?.textContent.trim() ?? "";
      return;
    }
    this.input.value = "";
    for (const option of chosen) this.input.before(this.chip(option));
  }

  chip(option) {
    const chip = make("span", "combo-chip");
    const button = make("button");
    chip.append(option.textContent.trim(), button);
    button.type = "button";
    button.textContent = "✕";
    button.setAttribute("aria-label", `${words.remove} ${option.textContent.trim()}`);
    button.addEventListener("click", () => {
      this.drop(option);
      this.input.focus();
    });
    return chip;
  }
}

/* What was typed with its tones comes first, then what begins with it. */
function rank(item, typed, exact) {
  const label = item.label.toLowerCase();
  return (label.startsWith(exact) ? 4 : 0) + (label.includes(exact) ? 2 : 0) + (item.folded.includes(typed) ? 2 : 0) + (item.folded.startsWith(typed) ? 1 : 0);
}

function make(tag, name = "") {
  const element = document.createElement(tag);
  if (name) element.className = name;
  return element;
}
