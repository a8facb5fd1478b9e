/* What was typed and is not yet with the server: kept on this device, sent in order, each thing once.
   A thing is named by its key (a clause) or its item (notes, an order). What is under way is never changed: later
   words of the same thing wait behind it, and take over the digest of what the server then has. */
const STALE = 20000;
const LONGEST_WAIT = 10000;

export const nameOf = (op) => op.key ?? `${op.op}:${op.item}`;

export class Queue {
  constructor(room, post, told) {
    this.prefix = `room:${room}:`;
    this.name = this.prefix + ownTab();
    this.post = post;
    this.told = told;
    this.ops = [];
    this.refused = {};
    this.clashes = {};
    this.sending = null;
    this.tries = 0;
    this.state = "idle";
    this.take(read(this.name));
  }

  take(kept) {
    this.ops.push(...(kept?.ops ?? []));
    Object.assign(this.refused, kept?.refused);
    Object.assign(this.clashes, kept?.clashes);
  }

  /* Words that another tab of this person left behind, because it was closed before they were sent. */
  adopt() {
    const found = [];
    for (const name of names().filter((each) => each.startsWith(this.prefix) && each !== this.name)) {
      const kept = read(name);
      /* Far in the future is no sign of life either: the computer's clock was put back since. */
      if (!kept || Math.abs(Date.now() - kept.beat) < STALE) continue;
      localStorage.removeItem(name);
      this.take(kept);
      found.push(...kept.ops);
    }
    if (found.length) this.keep();
    return found;
  }

  has(name) {
    return name in this.clashes || name in this.refused || this.ops.some((op) => nameOf(op) === name);
  }

  get count() {
    return new Set([...this.ops.map(nameOf), ...Object.keys(this.refused), ...Object.keys(this.clashes)]).size;
  }

  put(op, wait = 600) {
    const name = nameOf(op);
    delete this.refused[name];
    const later = this.ops.filter((each) => each !== this.sending);
    const same = later.find((each) => nameOf(each) === name && each.op === op.op);
    if (op.op === "drop") this.ops = this.ops.filter((each) => each === this.sending || nameOf(each) !== name);
    if (same && op.op === "order") this.ops = this.ops.filter((each) => each !== same);
    if (same && op.op !== "order" && op.op !== "drop") Object.assign(same, op, { seen: same.seen, after: same.after });
    else this.ops.push({ ...op });
    this.keep();
    this.told.changed();
    this.soon(wait);
  }

  forget(name) {
    this.ops = this.ops.filter((op) => op === this.sending || nameOf(op) !== name);
    delete this.refused[name];
    delete this.clashes[name];
    this.keep();
  }

  keep() {
    try {
      if (this.count) localStorage.setItem(this.name, JSON.stringify({ ops: this.ops, refused: this.refused, clashes: this.clashes, beat: Date.now() }));
      else localStorage.removeItem(this.name);
    } catch { /* No room or not allowed: what is typed stays on the page. */ }
  }

  soon(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), wait);
  }

  run() {
    this.running ??= this.all().finally(() => { this.running = null; });
    return this.running;
  }

  async all() {
    clearTimeout(this.timer);
    while (this.ops.length) {
      this.sending = this.ops[0];
      this.set("sending");
      const answer = await this.post(this.sending);
      const op = this.sending;
      this.sending = null;
      if (!this.settle(op, answer)) return;
    }
    this.set("idle");
  }

  /* Says whether to go on with what comes next. */
  settle(op, answer) {
    const name = nameOf(op);
    if (["offline", "login", "other"].includes(answer.kind) || (answer.kind === "again" && this.tries < 8)) {
      this.tries += 1;
      this.set(answer.kind === "again" ? "sending" : answer.kind);
      this.soon(Math.min(LONGEST_WAIT, 1000 * this.tries));
      return false;
    }
    this.tries = 0;
    if (answer.kind === "clash") {
      const mine = this.ops.filter((each) => nameOf(each) === name).at(-1);
      this.ops = this.ops.filter((each) => nameOf(each) !== name);
      this.clashes[name] = { mine, theirs: answer.theirs };
    } else {
      this.ops = this.ops.filter((each) => each !== op);
      if (answer.kind === "refused" || answer.kind === "again") this.refuse(name, op, answer);
    }
    this.keep();
    if (answer.kind === "ok") this.told.kept(op, answer.state);
    else this.told.stopped(name, answer);
    return true;
  }

  refuse(name, op, answer) {
    if (answer.forget) this.ops = this.ops.filter((each) => nameOf(each) !== name);
    else if (!this.ops.some((each) => nameOf(each) === name)) this.refused[name] = { op, sentence: answer.sentence };
  }

  /* The next words of a thing are written on top of what the server has now. */
  renew(name, seen) {
    for (const op of this.ops) if (nameOf(op) === name) op.seen = seen;
    this.keep();
  }

  set(state) {
    this.state = state;
    this.told.changed();
  }
}

function ownTab() {
  try {
    const known = sessionStorage.getItem("room-tab") ?? makeKey();
    sessionStorage.setItem("room-tab", known);
    return known;
  } catch {
    return "tab";
  }
}

/* Not crypto.randomUUID: an office's server without TLS has none. */
export function makeKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `k${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

function names() {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}
