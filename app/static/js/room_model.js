/* What the room knows: clauses in order, notes by item. The server's words come in, but never over words not yet sent. */
import { nameOf } from "./room_queue.js";

const CONTENT = ["text", "kind", "lead", "lead_name", "coordinating", "due", "due_said", "due_wrong", "seen", "by"];
export const DEEPEST = 2;

const LETTERS = "abcdđeghiklmnopqrstuvxy";
const FIGURES = [["XL", 40], ["X", 10], ["IX", 9], ["V", 5], ["IV", 4], ["I", 1]];
const roman = (number) => { let left = number; return FIGURES.map(([sign, worth]) => { const many = Math.floor(left / worth); left -= many * worth; return sign.repeat(many); }).join(""); };

/* What is being typed stays as it is while the server has the same words: it drops the blank behind which the next word comes. */
const bare = (text) => (text ?? "").normalize("NFC").replace(/\s+/g, " ").trim();
const stillBeing = (mine, theirs) => (bare(mine) === bare(theirs) ? mine : theirs);

export class Model {
  constructor(queue) {
    this.queue = queue;
    this.clauses = [];
    this.items = new Map();
    this.dropped = [];
    this.writable = true;
    this.at = "";
  }

  get(key) {
    return this.clauses.find((clause) => clause.key === key);
  }

  under(item) {
    return this.clauses.filter((clause) => clause.item === item);
  }

  /* The numbers under which the notice cites the clauses of an item, as services/room_order.py counts them. */
  numbers(item) {
    const others = this.under(0);
    const used = [...this.items.keys()].filter((id) => id === item || this.under(id).some((clause) => clause.text.trim() || !clause.fresh));
    const head = used.length === 1 && !others.length ? "" : `${roman(used.indexOf(item) + 1)}.`;
    const counts = [0, 0, 0];
    return new Map(this.under(item).map((clause) => {
      counts[clause.depth] += 1;
      counts.fill(0, clause.depth + 1);
      const own = [counts[0], LETTERS[(counts[1] - 1) % LETTERS.length], counts[2]].slice(0, clause.depth + 1).join(".");
      const known = clause.address ?? "";
      return [clause.key, item === 0 || known.startsWith(`${head}${own}-`) ? known : head + own];
    }));
  }

  /* Takes the server's state; what is waiting here keeps its words and its place. */
  take(state) {
    this.at = state.at;
    this.writable = state.writable;
    this.dropped = state.dropped ?? [];
    for (const item of state.items) this.takeItem(item);
    const dropped = new Set(this.queue.ops.filter((op) => op.op === "drop").map((op) => op.key));
    const coming = state.clauses.filter((clause) => !dropped.has(clause.key));
    const before = this.clauses;
    const next = coming.map((clause) => this.merge(this.get(clause.key), clause));
    for (const [at, clause] of before.entries()) {
      if (next.includes(clause) || (!clause.fresh && !this.queue.has(clause.key))) continue;
      const above = before.slice(0, at).filter((each) => each.item === clause.item && next.includes(each)).at(-1);
      next.splice(above ? next.indexOf(above) + 1 : Math.max(0, next.findIndex((each) => each.item === clause.item)), 0, clause);
    }
    this.clauses = next;
    for (const op of this.queue.ops.filter((each) => each.op === "order")) this.arrange(op.item, op.keys);
  }

  takeItem(item) {
    const known = this.items.get(item.id);
    if (!known) this.items.set(item.id, { ...item });
    else {
      known.title = item.title;
      if (!this.queue.has(`notes:${item.id}`)) Object.assign(known, item, { text: stillBeing(known.text, item.text) });
    }
  }

  merge(known, clause) {
    if (!known) return { ...clause };
    const waiting = this.queue.has(clause.key);
    const text = stillBeing(known.text, clause.text);
    for (const name of Object.keys(clause)) if (!(waiting && CONTENT.includes(name))) known[name] = clause[name];
    if (!waiting) known.text = text;
    delete known.fresh;
    return known;
  }

  /* Puts what was kept on this device on top of what the server has. */
  replay(ops) {
    for (const op of ops) {
      if (op.op === "clause") this.replayClause(op);
      else if (op.op === "drop") this.remove(op.key);
      else if (op.op === "order") this.arrange(op.item, op.keys);
      else if (op.op === "notes" && this.items.has(op.item)) Object.assign(this.items.get(op.item), { text: op.text });
    }
  }

  replayClause(op) {
    const known = this.get(op.key);
    const said = { text: op.text, kind: op.kind, lead: op.lead, lead_name: op.lead_name ?? "", coordinating: op.coordinating ?? [], due: op.due, ...(op.restores ? { restores: op.restores } : {}) };
    if (known) Object.assign(known, said);
    else this.insert({ ...said, key: op.key, item: op.item, depth: op.depth, seen: op.seen, address: "", by: "", due_said: "", due_wrong: "", fresh: true }, op.after);
  }

  insert(clause, after) {
    const above = this.get(after);
    const at = above ? this.clauses.indexOf(above) + 1 : after === "" && this.under(clause.item).length ? this.clauses.indexOf(this.under(clause.item)[0]) : this.clauses.length;
    this.clauses.splice(at, 0, clause);
  }

  remove(key) {
    this.clauses = this.clauses.filter((clause) => clause.key !== key);
  }

  /* Moves a clause among those of its item; says whether it could. */
  move(clause, step) {
    const group = this.under(clause.item);
    const other = group[group.indexOf(clause) + step];
    if (!other) return false;
    const at = this.clauses.indexOf(clause);
    const to = this.clauses.indexOf(other);
    this.clauses[at] = other;
    this.clauses[to] = clause;
    this.level(clause.item);
    return true;
  }

  deepen(clause, step) {
    const group = this.under(clause.item);
    const above = group[group.indexOf(clause) - 1];
    const wanted = clause.depth + step;
    if (wanted < 0 || wanted > Math.min(DEEPEST, above ? above.depth + 1 : 0)) return false;
    clause.depth = wanted;
    this.level(clause.item);
    return true;
  }

  /* No clause stands more than one step below the one above it. */
  level(item) {
    let above = -1;
    for (const clause of this.under(item)) {
      clause.depth = Math.min(clause.depth, above + 1);
      above = clause.depth;
    }
  }

  order(item) {
    return { op: "order", item, keys: this.under(item).map(({ key, depth }) => ({ key, depth })) };
  }

  arrange(item, keys) {
    const group = this.under(item);
    const named = keys.map(({ key, depth }) => Object.assign(this.get(key) ?? {}, { depth })).filter((clause) => group.includes(clause));
    for (const [at, clause] of group.entries()) {
      if (!named.includes(clause)) named.splice(at ? named.indexOf(group[at - 1]) + 1 : 0, 0, clause);
    }
    let next = 0;
    this.clauses = this.clauses.map((clause) => (clause.item === item ? named[next++] : clause));
  }

  /* How a clause is sent. */
  op(clause) {
    const group = this.under(clause.item);
    const { key, item, text, kind, lead, lead_name, coordinating, due, depth, seen, restores } = clause;
    return { op: "clause", key, item, text, kind, lead, lead_name, coordinating, due, depth, seen, restores, after: group[group.indexOf(clause) - 1]?.key ?? "" };
  }

  isWaiting(clause) {
    return this.queue.ops.some((op) => nameOf(op) === clause.key);
  }
}
