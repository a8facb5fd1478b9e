/* The lines of the room: one clause a line, its marks, and both texts where two people wrote the same one. */
import { words } from "./room_words.js";

const SPRITE = new URL("../vendor/icons.svg", import.meta.url).pathname;

export class Rows {
  constructor(list, panel, acts) {
    this.list = list;
    this.panel = panel;
    this.acts = acts;
    this.made = new Map();
  }

  /* Draws the clauses of an item; what has the focus keeps it, and its caret. */
  draw(clauses, model, queue) {
    const field = document.activeElement;
    const caret = this.list.contains(field) && field.matches("textarea, input[type=text]") ? [field.selectionStart, field.selectionEnd] : null;
    const wanted = clauses.map((clause) => this.row(clause));
    for (const row of [...this.list.children]) if (!wanted.includes(row)) row.remove();
    wanted.forEach((row, at) => {
      if (this.list.children[at] !== row) this.list.insertBefore(row, this.list.children[at] ?? null);
    });
    const numbers = clauses.length ? model.numbers(clauses[0].item) : new Map();
    for (const clause of clauses) this.fill(clause, queue, numbers.get(clause.key));
    if (caret && document.activeElement !== field && field.isConnected) {
      field.focus();
      field.setSelectionRange(...caret);
    }
  }

  row(clause) {
    const known = this.made.get(clause.key);
    if (known) return known;
    const row = make("li", "room-clause");
    const address = make("span", "clause-address");
    const field = make("textarea", "form-control room-text");
    const marks = make("div", "room-marks");
    row.dataset.key = field.dataset.key = clause.key;
    field.rows = 1;
    field.value = clause.text;
    row.append(address, field, marks);
    this.made.set(clause.key, row);
    return row;
  }

  fill(clause, queue, mark) {
    const row = this.made.get(clause.key);
    const [address, field, marks] = [".clause-address", ".room-text", ".room-marks"].map((part) => row.querySelector(part));
    row.className = `room-clause room-depth-${clause.depth}${row.classList.contains("is-here") ? " is-here" : ""}`;
    address.textContent = mark;
    field.setAttribute("aria-label", clause.text ? words.clause(mark) : words.newClause);
    if (field.value !== clause.text) field.value = clause.text;
    fit(field);
    marks.replaceChildren(...this.marks(clause, queue));
    this.clash(row, clause, queue);
  }

  marks(clause, queue) {
    const found = [tone(clause.kind === "task" ? "blue" : "grey", words.kinds[clause.kind], clause.kind === "task" ? "checklist" : "minus")];
    if (clause.lead) found.push(tone("", clause.lead_name, "building"));
    else if (clause.kind === "task") found.push(tone("amber", words.noLead, "alert-circle"));
    const helping = names(clause.coordinating);
    if (helping) found.push(tone("", words.helping(helping), "users"));
    if (clause.due_said) found.push(tone("", clause.due_said, "calendar"));
    else if (clause.due) found.push(tone("amber", clause.due_wrong || clause.due, "alert-circle"));
    const refused = queue.refused[clause.key];
    if (refused) found.push(tone("wrong", refused.sentence, "alert-circle"));
    else if (queue.state !== "sending" && queue.state !== "idle" && queue.has(clause.key)) found.push(tone("grey", words.unsent, "device-floppy"));
    return found;
  }

  clash(row, clause, queue) {
    const found = queue.clashes[clause.key];
    const drawn = row.querySelector(":scope > .room-clash");
    const same = JSON.stringify([found ?? null, clause.text]);
    /* Drawn anew it would lose the focus of whoever is about to choose. */
    if (drawn && found && row.dataset.clash === same) return;
    drawn?.remove();
    if (!found) return;
    row.dataset.clash = same;
    const dropping = found.mine?.op === "drop";
    const said = found.theirs === null ? words.dropped : dropping ? words.droppedByYou(found.theirs.by) : words.clash(found.theirs.by);
    const mine = dropping ? words.gone : clause.text || words.empty;
    const box = clashBox(said, mine, found.theirs, (choice) => this.acts.choose(clause.key, choice), !dropping);
    row.append(box);
    if (!drawn) box.scrollIntoView({ block: "nearest" });
  }

  /* The panel of a line moves to the line that is being written. */
  open(key) {
    const row = this.made.get(key);
    this.panel.hidden = !row;
    for (const each of this.list.children) each.classList.toggle("is-here", each === row);
    if (row && this.panel.previousElementSibling !== row.children[1]) row.children[1].after(this.panel);
  }

  field(key) {
    return this.made.get(key)?.children[1];
  }

  forget(key) {
    const row = this.made.get(key);
    if (row?.contains(this.panel)) this.list.after(this.panel);
    row?.remove();
    this.made.delete(key);
  }
}

/* The names of units, as the picker of this page has them. */
function names(ids) {
  const options = document.querySelector("select[name=coordinating]")?.options ?? [];
  return [...options].filter((option) => (ids ?? []).includes(Number(option.value))).map((option) => option.textContent.trim()).join(", ");
}

/* Both texts side by side, and what to do with them. */
export function clashBox(said, mine, theirs, choose, withBoth = true) {
  const box = make("div", "room-clash");
  const pair = make("div", "pair");
  const buttons = make("div", "row-of-buttons");
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", said);
  pair.append(version(words.mine, mine), version(words.theirs(theirs?.by), theirs ? told(theirs) : words.gone));
  const offered = [["mine", words.keepMine], ["theirs", words.takeTheirs]];
  if (theirs && withBoth) offered.push(["both", words.both]);
  for (const [choice, label] of offered) {
    const button = make("button", "btn btn-small", label);
    button.type = "button";
    button.addEventListener("click", () => choose(choice));
    buttons.append(button);
  }
  box.append(make("p", "room-clash-said", said), pair, buttons);
  return box;
}

function told(theirs) {
  const order = [theirs.kind && theirs.kind !== "task" ? words.kinds[theirs.kind] : "", theirs.lead_name, names(theirs.coordinating), theirs.due_said || theirs.due].filter(Boolean);
  return order.length ? `${theirs.text}\n(${order.join(" · ")})` : theirs.text || words.empty;
}

function version(title, text) {
  const half = make("div", "room-version");
  half.append(make("p", "quiet", title), make("p", "prose", text));
  return half;
}

export function fit(field) {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}

function tone(kind, text, icon) {
  const mark = make("span", kind ? `tone tone-${kind}` : "room-mark");
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${SPRITE}#${icon}`);
  svg.append(use);
  mark.append(svg, ` ${text}`);
  return mark;
}

export function make(tag, name = "", text = "") {
  const element = document.createElement(tag);
  if (name) element.className = name;
  if (text) element.textContent = text;
  return element;
}
