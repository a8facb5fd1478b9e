/* The minutes screen: typing while people speak. Enter a new line, Tab deeper, Alt+arrows move; saved as it is typed,
   kept on this device while the line is cut. Everything here is also there as plain forms.
   Over 300 lines: keys, panel and saving act on the same few things, in one place. */
import { say, today } from "./dates.js";
import { readDue } from "./room_due.js";
import { Leaving } from "./room_leave.js";
import { Line } from "./room_line.js";
import { Model } from "./room_model.js";
import { makeKey, nameOf, Queue } from "./room_queue.js";
import { clashBox, fit, make, Rows } from "./room_rows.js";
import { words } from "./room_words.js";

const POLL = 4000;
const KINDS = ["conclusion", "task", "information"];

class Room {
  constructor(place) {
    this.place = place;
    const state = JSON.parse(place.dataset.room);
    this.line = new Line({ ...place.dataset, token: state.token, person: state.person });
    this.queue = new Queue(`${state.person}:${place.dataset.meeting}`, (op) => this.line.post(op), {
      changed: () => this.tell(), kept: (op, said) => this.kept(op, said), stopped: (name, answer) => this.stopped(name, answer),
    });
    this.model = new Model(this.queue);
    this.model.take(state);
    this.item = Number(place.dataset.item);
    this.here = "";
    this.find();
    this.leaving = new Leaving(this, this.line, this.queue);
    this.rows = new Rows(this.list, this.panel, { choose: (key, choice) => this.choose(key, choice) });
    this.listen();
    this.model.replay([...this.queue.ops, ...Object.values(this.queue.refused).map((each) => each.op), ...Object.values(this.queue.clashes).map((each) => each.mine).filter((op) => op?.op !== "drop")]);
    this.show(this.item);
    if (!this.notes.readOnly && document.activeElement === document.body) this.notes.focus();
    this.queue.run();
    this.look();
    setInterval(() => this.poll(), POLL);
  }

  find() {
    const one = (name) => this.place.querySelector(`[data-${name}]`);
    [this.list, this.panel, this.notes, this.status, this.clash, this.chooser] = ["clauses", "panel", "notes", "status", "notes-clash", "chooser"].map(one);
    this.place.classList.add("is-live");
    this.kind = this.panel.querySelector("[name=kind]");
    this.due = this.panel.querySelector("[name=due]");
    this.said = this.panel.querySelector("[data-due-said]");
    this.lead = this.panel.querySelector("select[name=lead]");
    this.helping = this.panel.querySelector("select[name=coordinating]");
    [this.out, this.outCount, this.outList] = ["out", "out-count", "out-list"].map(one);
    this.ending = document.querySelector("[data-ending]");
  }

  listen() {
    this.list.addEventListener("input", (event) => event.target.matches(".room-text") && this.typed(event.target));
    this.list.addEventListener("focusin", (event) => event.target.matches(".room-text") && this.enter(event.target.dataset.key, event.relatedTarget));
    this.list.addEventListener("focusout", () => setTimeout(() => this.sweep()));
    this.list.addEventListener("keydown", (event) => this.key(event));
    document.addEventListener("keydown", (event) => { this.tabbing = event.key === "Tab" || (this.tabbing && event.key === "Shift"); }, true);
    document.addEventListener("pointerdown", () => { this.tabbing = false; this.passing = ""; }, true);
    document.addEventListener("keydown", (event) => this.farKey(event));
    this.notes.addEventListener("input", () => this.noted());
    this.kind.addEventListener("change", () => this.change({ kind: this.kind.value, chosen: true }));
    this.lead.addEventListener("change", () => this.changeLead());
    this.helping.addEventListener("change", () => this.changeHelping());
    this.due.addEventListener("input", () => this.changeDue());
    this.panel.addEventListener("keydown", (event) => this.helpingKey(event), true);
    this.panel.addEventListener("keydown", (event) => this.panelKey(event));
    this.outList.addEventListener("click", (event) => event.target.closest("[data-restore]") && this.restore(event.target.closest("[data-restore]").dataset.restore));
    this.place.querySelector("[data-add]").addEventListener("click", () => this.add());
    this.place.querySelector("[data-back]").addEventListener("click", () => this.putBack());
    for (const link of this.place.querySelectorAll("a[data-go]")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        this.go(Number(link.dataset.go), true);
      });
    }
    this.chooser?.addEventListener("change", () => this.go(Number(this.chooser.value), true));
    for (const [name, step] of [["previous", -1], ["next", 1]]) this.place.querySelector(`[data-${name}]`).addEventListener("click", () => this.step(step));
    window.addEventListener("online", () => this.queue.run().then(() => this.poll()));
    window.addEventListener("resize", () => this.draw());
  }

  /* ----- what is shown ----- */
  show(item) {
    const ids = [...this.model.items.keys()];
    this.item = this.model.items.has(item) || item === 0 ? item : ids[0];
    const found = this.model.items.get(this.item);
    this.place.querySelector("[data-title]").textContent = found?.title ?? this.place.querySelector(`[data-go="0"]`)?.textContent ?? "";
    this.place.querySelector("[data-count]").textContent = found ? `${ids.indexOf(this.item) + 1}/${ids.length}` : "";
    this.place.querySelector("[data-notes-box]").hidden = !found;
    for (const link of this.place.querySelectorAll("a[data-go]")) {
      if (Number(link.dataset.go) === this.item) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    if (this.chooser) this.chooser.value = String(this.item);
    this.draw();
  }

  draw() {
    const found = this.model.items.get(this.item);
    if (found && this.notes.value !== found.text) this.notes.value = found.text;
    this.notes.readOnly = this.place.dataset.sitting === "";
    this.rows.draw(this.model.under(this.item), this.model, this.queue);
    for (const field of this.list.querySelectorAll(".room-text")) field.readOnly = !this.writable;
    this.rows.open(this.model.get(this.here)?.item === this.item && this.writable ? this.here : "");
    fit(this.notes);
    this.drawNotesClash();
    this.drawOut();
    const others = this.model.under(0).length > 0 || this.item === 0;
    for (const way of this.place.querySelectorAll("[data-others]")) {
      way.hidden = !others;
      if ("disabled" in way) way.disabled = !others;
    }
    for (const link of this.place.querySelectorAll("a[data-go] [data-number]")) {
      const number = this.model.under(Number(link.closest("a").dataset.go)).filter((clause) => clause.text.trim()).length;
      link.textContent = number || "";
    }
    this.tell();
  }

  get writable() {
    return this.model.writable && this.place.dataset.sitting !== "";
  }

  tell() {
    const { state, count } = this.queue;
    const refused = Object.keys(this.queue.refused).length;
    let said = this.keptAt ? words.saved(this.keptAt) : "";
    if (state === "login") said = words.login(count);
    else if (state === "other") said = words.other;
    else if (state === "offline" && count) said = words.offline(count);
    else if (this.cut) said = count ? words.offline(count) : words.cut;
    else if (refused) said = words.refused(refused);
    else if (this.queue.ops.length) said = words.saving;
    if (this.leaving.said) said = this.leaving.said;
    if (this.status.firstChild?.textContent !== said) this.status.textContent = said;
    this.status.dataset.state = state === "idle" && !refused ? "" : state;
    const [label, href] = state === "login" ? [words.logIn, this.place.dataset.login] : this.leaving.said && this.leaving.link ? [words.toMinutes, this.leaving.link] : [];
    if (href && !this.status.querySelector("a")) {
      const link = make("a", "", label);
      link.href = href;
      this.status.append(" ", link);
    }
  }

  /* ----- what is typed ----- */
  typed(field) {
    const clause = this.model.get(field.dataset.key);
    clause.text = field.value;
    fit(field);
    this.save(clause);
    this.look();
  }

  save(clause, wait) {
    if (this.queue.clashes[clause.key]) {
      this.queue.clashes[clause.key].mine = this.model.op(clause);
      this.queue.keep();
      this.draw();
    } else if (clause.text.trim()) this.queue.put(this.model.op(clause), wait);
    this.rows.fill(clause, this.queue, this.model.numbers(clause.item).get(clause.key));
  }

  noted() {
    const found = this.model.items.get(this.item);
    found.text = this.notes.value;
    fit(this.notes);
    const name = `notes:${this.item}`;
    const op = { op: "notes", item: this.item, text: found.text, seen: found.seen };
    if (this.queue.clashes[name]) {
      this.queue.clashes[name].mine = op;
      this.queue.keep();
      this.drawNotesClash();
    } else this.queue.put(op, 900);
  }

  change(said) {
    const clause = this.model.get(this.here);
    if (!clause || !this.writable) return;
    Object.assign(clause, said);
    this.save(clause, 100);
    this.fillPanel();
  }

  changeLead() {
    const chosen = this.lead.selectedOptions[0];
    const clause = this.model.get(this.here);
    const said = { lead: this.lead.value, lead_name: this.lead.value ? chosen.textContent.trim() : "" };
    if (!clause || said.lead === clause.lead) return;
    this.change({ ...said, ...this.asTask(said.lead) });
    if (said.lead && this.panel.contains(document.activeElement)) this.focus(this.here);
  }

  changeHelping() {
    const clause = this.model.get(this.here);
    const said = [...this.helping.selectedOptions].map((option) => Number(option.value)).sort((a, b) => a - b);
    if (clause && JSON.stringify(said) !== JSON.stringify(clause.coordinating ?? [])) this.change({ coordinating: said, ...this.asTask(said.length) });
  }

  /* Several units one after the other; Enter where nothing is typed leads back to the text. */
  helpingKey(event) {
    const field = event.target;
    if (event.key !== "Enter" || event.isComposing || field.id !== "room-helping" || field.value || field.hasAttribute("aria-activedescendant")) return;
    event.preventDefault();
    event.stopPropagation();
    this.focus(this.here);
  }

  changeDue() {
    const typed = this.due.value;
    const day = typed.trim() ? readDue(typed, today()) : null;
    this.tellDue(typed, day);
    const said = day && day >= today() ? say(day).split(" · ")[0] : "";
    this.change({ due: typed, due_said: said, due_wrong: typed.trim() && !said ? words.dueWrong(typed.trim()) : "", ...this.asTask(said) });
  }

  /* Who leads or by when makes a clause a task, unless its kind was chosen. */
  asTask(said) {
    const clause = this.model.get(this.here);
    return said && clause?.kind === "conclusion" && !clause.chosen ? { kind: "task" } : {};
  }

  tellDue(typed, day) {
    const good = day && day >= today();
    this.said.textContent = typed.trim() ? (good ? say(day) : words.dueUnread) : "";
    this.said.classList.toggle("is-bad", typed.trim() !== "" && !good);
  }

  /* Who comes by Tab from elsewhere is passing through, until something else than Tab is pressed in the line. */
  enter(key, from) {
    if (from || key !== this.here) this.passing = this.tabbing && from ? key : "";
    this.here = key;
    this.rows.open(this.writable ? key : "");
    this.fillPanel();
    this.look();
  }

  fillPanel() {
    const clause = this.model.get(this.here);
    if (!clause) return;
    this.kind.value = clause.kind;
    if (this.lead.value !== clause.lead) {
      this.lead.value = clause.lead;
      this.lead.dispatchEvent(new Event("change", { bubbles: true }));
    }
    const helping = (clause.coordinating ?? []).map(String);
    if ([...this.helping.selectedOptions].map((option) => option.value).sort().join() !== [...helping].sort().join()) {
      for (const option of this.helping.options) option.selected = helping.includes(option.value);
      this.helping.dispatchEvent(new Event("change", { bubbles: true }));
    }
    if (document.activeElement !== this.due) {
      this.due.value = clause.due;
      this.tellDue(clause.due, clause.due.trim() ? readDue(clause.due, today()) : null);
    }
  }

  /* ----- keys ----- */
  key(event) {
    const field = event.target;
    if (event.isComposing || event.key === "Process" || !field.matches(".room-text")) return;
    const clause = this.model.get(field.dataset.key);
    const plain = !event.altKey && !event.ctrlKey && !event.metaKey;
    const act = {
      Enter: () => plain && !event.shiftKey && this.split(clause, field),
      Tab: () => plain && !this.free && this.passing !== clause.key && this.deepen(clause, event.shiftKey ? -1 : 1),
      Escape: () => { this.free = true; },
      Backspace: () => plain && field.value === "" && this.removeEmpty(clause),
      Delete: () => event.altKey && this.drop(clause),
      ArrowUp: () => (event.altKey ? this.shift(clause, -1) : plain && field.selectionEnd === 0 && this.walk(clause, -1)),
      ArrowDown: () => (event.altKey ? this.shift(clause, 1) : plain && field.selectionStart === field.value.length && this.walk(clause, 1)),
    }[event.key];
    if (event.key !== "Escape" && event.key !== "Tab" && event.key !== "Shift") this.free = this.passing = false;
    if (act?.()) event.preventDefault();
    if (event.key === "Tab") this.free = false;
  }

  /* Keys that work everywhere on the screen. */
  farKey(event) {
    if (!event.altKey || event.ctrlKey || event.isComposing) return;
    const act = {
      KeyU: () => this.toPanel(this.panel.querySelector("[role=combobox]")),
      KeyP: () => this.toPanel(document.getElementById("room-helping")),
      KeyE: () => this.toEnd(),
      KeyH: () => this.toPanel(this.due),
      KeyL: () => this.nextKind(),
      KeyN: () => this.notes.focus(),
      KeyK: () => this.toClauses(),
      KeyZ: () => this.putBack(),
      PageDown: () => this.step(1),
      PageUp: () => this.step(-1),
    }[event.code];
    if (!act) return;
    event.preventDefault();
    act();
  }

  toPanel(field) {
    if (!this.model.get(this.here)) this.toClauses();
    field?.focus();
    field?.select?.();
  }

  /* In the panel Enter and Esc lead back to the text. */
  panelKey(event) {
    if (event.isComposing || event.defaultPrevented || !["Enter", "Escape"].includes(event.key)) return;
    event.preventDefault();
    this.focus(this.here);
  }

  toEnd() {
    if (!this.ending) return;
    this.ending.open = true;
    this.ending.scrollIntoView({ block: "start" });
    this.ending.querySelector("form select, form button:not(.visually-hidden)")?.focus();
  }

  nextKind() {
    const clause = this.model.get(this.here);
    if (clause) this.change({ kind: KINDS[(KINDS.indexOf(clause.kind) + 1) % KINDS.length], chosen: true });
  }

  toClauses() {
    const last = this.model.under(this.item).at(-1);
    if (last) this.focus(last.key);
    else this.add();
  }

  split(clause, field) {
    const rest = field.value.slice(field.selectionEnd);
    if (!field.value.trim()) {
      this.deepen(clause, -1);
      return true;
    }
    field.setRangeText("", field.selectionStart, field.value.length);
    if (rest || clause.text !== field.value) this.typed(field);
    this.queue.soon(50);
    this.insert(clause, rest.trimStart());
    return true;
  }

  add() {
    if (!this.writable || !this.item) return;
    const last = this.model.under(this.item).at(-1);
    if (last && !last.text.trim()) this.focus(last.key);
    else this.insert(last, "");
  }

  insert(above, text) {
    const clause = {
      key: makeKey(), item: above?.item ?? this.item, text, kind: "conclusion", lead: "", lead_name: "", coordinating: [], due: "", due_said: "", due_wrong: "",
      depth: above?.depth ?? 0, seen: "", address: "", by: "", fresh: true,
    };
    if (above) this.model.clauses.splice(this.model.clauses.indexOf(above) + 1, 0, clause);
    else this.model.insert(clause, undefined);
    if (text) this.queue.put(this.model.op(clause));
    this.draw();
    this.focus(clause.key, 0);
  }

  deepen(clause, step) {
    if (!this.writable || !this.model.deepen(clause, step)) return false;
    this.arranged(clause);
    return true;
  }

  shift(clause, step) {
    if (!this.writable || !this.model.move(clause, step)) return true;
    this.arranged(clause);
    this.focus(clause.key);
    return true;
  }

  /* An order may name only what the server has or will have by then. */
  arranged(clause) {
    this.draw();
    if (clause.text.trim() && clause.fresh) this.queue.put(this.model.op(clause));
    if (this.model.under(clause.item).some((each) => each.text.trim())) this.queue.put(this.model.order(clause.item), 300);
  }

  walk(clause, step) {
    const group = this.model.under(clause.item);
    const other = group[group.indexOf(clause) + step];
    if (other) this.focus(other.key, step < 0 ? other.text.length : 0);
    return other !== undefined;
  }

  removeEmpty(clause) {
    const group = this.model.under(clause.item);
    const beside = group[group.indexOf(clause) - 1] ?? group[group.indexOf(clause) + 1];
    this.drop(clause, false);
    if (beside) this.focus(beside.key, beside.text.length);
    return true;
  }

  drop(clause, kept = true) {
    if (!this.writable) return true;
    const group = this.model.under(clause.item);
    const beside = group[group.indexOf(clause) + 1] ?? group[group.indexOf(clause) - 1];
    if (kept && clause.text.trim()) this.dropped = { ...clause, key: makeKey(), seen: "", fresh: true, restores: clause.fresh ? "" : clause.key, after: group[group.indexOf(clause) - 1]?.key ?? "" };
    this.forget(clause.key);
    if (!clause.fresh || this.queue.sending?.key === clause.key) this.queue.put({ op: "drop", key: clause.key, seen: clause.seen }, 50);
    this.draw();
    if (kept && beside) this.focus(beside.key);
    this.place.querySelector("[data-back]").hidden = !this.dropped;
    return true;
  }

  forget(key) {
    this.model.remove(key);
    this.queue.forget(key);
    this.rows.forget(key);
  }

  putBack() {
    const clause = this.dropped;
    if (!clause) {
      const last = this.model.dropped.at(-1);
      if (last) this.restore(last.key);
      return;
    }
    this.dropped = null;
    this.model.insert(clause, clause.after);
    this.queue.put(this.model.op(clause), 50);
    this.place.querySelector("[data-back]").hidden = true;
    this.show(clause.item);
    this.focus(clause.key);
  }

  /* Lines taken out, by anybody, also before this page was opened. */
  restore(key) {
    if (!this.writable) return;
    this.queue.put({ op: "restore", item: key, which: key }, 50);
    this.model.dropped = this.model.dropped.filter((one) => one.key !== key);
    this.drawOut();
    this.toClauses();
  }

  drawOut() {
    const back = new Set(this.model.clauses.map((clause) => clause.restores).filter(Boolean));
    const found = this.model.dropped.filter((one) => !back.has(one.key) && !this.queue.has(`restore:${one.key}`));
    const same = JSON.stringify(found);
    this.out.hidden = !found.length || !this.writable;
    if (this.outList.dataset.drawn === same) return;
    this.outList.dataset.drawn = same;
    this.outCount.textContent = found.length;
    this.outList.replaceChildren(...found.map((one) => {
      const row = make("li");
      const button = make("button", "btn btn-small", words.restore);
      button.type = "button";
      button.dataset.restore = one.key;
      button.setAttribute("aria-label", `${words.restore}: ${one.text}`);
      row.append(make("span", "", one.text), button);
      return row;
    }));
  }

  /* A line left empty goes, unless the server knows words of it: then it must be dropped on purpose. */
  sweep() {
    const kept = document.activeElement?.closest?.("[data-key]")?.dataset.key ?? (this.panel.contains(document.activeElement) ? this.here : "");
    for (const clause of this.model.under(this.item)) {
      if (clause.key === kept || clause.text.trim()) continue;
      if (clause.fresh) this.forget(clause.key);
      else this.drop(clause, false);
    }
    this.draw();
  }

  focus(key, caret) {
    const field = this.rows.field(key);
    field?.focus();
    if (field && caret !== undefined) field.setSelectionRange(caret, caret);
    field?.scrollIntoView({ block: "nearest" });
  }

  /* ----- the agenda ----- */
  step(by) {
    const ids = [...this.model.items.keys()];
    const next = ids[ids.indexOf(this.item) + by];
    if (next !== undefined) this.go(next, true);
  }

  go(item, focus) {
    this.here = "";
    this.show(item);
    history.replaceState(null, "", `${this.place.dataset.here}?item=${item}`);
    if (focus) (this.model.items.has(item) ? this.notes : this.list.querySelector(".room-text"))?.focus();
    this.look();
  }

  /* Tells the room's display where we are; not worth keeping when the line is cut. */
  look() {
    clearTimeout(this.looking);
    this.looking = setTimeout(async () => {
      const place = `${this.item}:${this.here}`;
      if (this.looked === place || this.queue.ops.length || this.place.dataset.sitting === "") return;
      this.looked = place;
      const answer = await this.line.post({ op: "look", item: this.item, key: this.here });
      if (answer.kind !== "ok") this.looked = "";
    }, 800);
  }

  /* ----- the server ----- */
  kept(op, state) {
    this.cut = false;
    this.keptAt = state.at;
    const name = nameOf(op);
    const now = op.op === "notes" ? state.items.find((item) => item.id === op.item) : state.clauses.find((clause) => clause.key === op.key);
    if (now) this.queue.renew(name, now.seen);
    const waiting = op.op === "notes" ? this.model.items.get(op.item) : this.model.get(op.key);
    if (now && waiting) waiting.seen = now.seen;
    if (now && op.op === "clause" && waiting) delete waiting.fresh;
    this.model.take(state);
    this.draw();
    this.fillPanel();
  }

  stopped(name, answer) {
    if (answer.forget) this.unsay(name);
    if (answer.kind === "clash" && answer.theirs && this.queue.clashes[name]?.mine?.op === "drop") this.model.clauses.push({ ...answer.theirs });
    this.draw();
    if (answer.forget || name.startsWith("order:")) this.line.fetchState(true).then((found) => found.kind === "ok" && this.taken(found.state));
    if (answer.sentence && (answer.forget || name.startsWith("notes:"))) this.status.textContent = answer.sentence;
  }

  /* A text marked as secret must not stay on this device. */
  unsay(name) {
    const clause = this.model.get(name);
    if (clause) this.forget(name);
    else if (name.startsWith("notes:")) this.model.items.get(Number(name.slice(6))).text = "";
  }

  taken(state) {
    this.model.take(state);
    this.draw();
    this.fillPanel();
  }

  async poll() {
    this.queue.keep();
    const found = this.queue.adopt();
    if (found.length) {
      this.model.replay(found);
      this.queue.run();
    }
    if (document.hidden || this.queue.sending) return;
    const answer = await this.line.fetchState();
    if (this.queue.sending) return;
    if (answer.kind === "ok") this.taken(answer.state);
    if (["login", "other"].includes(answer.kind)) this.queue.set(answer.kind);
    else if (["login", "other"].includes(this.queue.state)) this.queue.set("idle");
    this.cut = answer.kind === "offline";
    if (!this.cut && this.queue.ops.length) this.queue.run();
    if (["ok", "same"].includes(answer.kind) && this.leaving.said && !this.leaving.link) this.leaving.back();
    this.tell();
  }

  /* ----- two at once ----- */
  choose(key, choice) {
    const { mine, theirs } = this.queue.clashes[key];
    const clause = this.model.get(key);
    delete this.queue.clashes[key];
    if (choice === "theirs") {
      if (theirs) Object.assign(clause, theirs);
      else this.forget(key);
    } else if (mine.op === "drop") {
      this.forget(key);
      this.queue.put({ ...mine, seen: theirs.seen }, 50);
    } else if (!theirs) {
      const again = { ...clause, key: makeKey(), seen: "", fresh: true };
      this.model.clauses.splice(this.model.clauses.indexOf(clause), 1, again);
      this.rows.forget(key);
      this.queue.put(this.model.op(again), 50);
      key = again.key;
    } else {
      if (choice === "both") Object.assign(clause, { text: `${clause.text.trim()} ${theirs.text}`.trim(), lead: clause.lead || theirs.lead, lead_name: clause.lead_name || theirs.lead_name, due: clause.due || theirs.due, coordinating: [...new Set([...(clause.coordinating ?? []), ...(theirs.coordinating ?? [])])] });
      clause.seen = theirs.seen;
      this.queue.put(this.model.op(clause), 50);
    }
    this.queue.keep();
    this.draw();
    this.focus(key);
  }

  drawNotesClash() {
    const name = `notes:${this.item}`;
    const found = this.queue.clashes[name];
    const notes = this.model.items.get(this.item);
    const same = JSON.stringify([name, found ?? null, notes?.text]);
    if (this.clash.dataset.drawn === same) return;
    this.clash.dataset.drawn = same;
    this.clash.replaceChildren();
    if (!found) return;
    this.clash.append(clashBox(words.clash(found.theirs.by), notes.text, found.theirs, (choice) => {
      delete this.queue.clashes[name];
      if (choice === "theirs") Object.assign(notes, found.theirs);
      else {
        if (choice === "both") notes.text = `${found.theirs.text.trim()}\n${notes.text.trim()}`;
        this.queue.put({ op: "notes", item: this.item, text: notes.text, seen: found.theirs.seen }, 50);
      }
      this.queue.keep();
      this.draw();
      this.notes.focus();
    }));
  }
}

const place = document.querySelector("[data-room]");
/* After the pickers of the page were made: this module comes behind app.js, and modules run in their order. */
if (place) new Room(place);
