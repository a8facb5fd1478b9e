/* Files go as soon as they are chosen, piece by piece, and go on after a cut line or a reload; the form then names them by id.
   A frame of drops.js with data-upload="/uploads/" sends this way; without it, or without script, the form carries its files. */
const LONGEST_WAIT = 30_000;
const OLD = 24 * 3600 * 1000;

const english = () => document.documentElement.lang === "en";
const say = (vi, en) => (english() ? en : vi);

const NOT_TAKEN = () => say("Có tệp chưa được nhận. Hãy bỏ tệp đó ra hoặc chọn tệp khác, rồi gửi lại.", "A file was not taken. Take it out or choose another, then send again.");
const EMPTY = (name) => say(`Tệp «${name}» không có nội dung. Hãy kiểm tra lại tệp rồi chọn lại.`, `The file “${name}” is empty. Check the file and choose it again.`);

class Refused extends Error {}

/* What a frame knows of its files; `list` is where their lines stand, `name` the field whose ids the form sends. */
export class Sender {
  constructor(zone, input) {
    this.zone = zone;
    this.input = input;
    this.name = `${input.name}-kept`;
    this.list = zone.querySelector("[data-drop-list]");
    const { person } = document.documentElement.dataset;
    this.memory = `uploads:${person ?? ""}:${input.form?.getAttribute("action") || location.pathname}:${input.id}`;
    this.entries = [];
    this.running = false;
    input.form?.addEventListener("submit", (event) => this.hold(event), true);
    addEventListener("online", () => this.wake?.());
    this.remember();
  }

  add(files) {
    for (const file of files) {
      const same = this.entries.find((one) => one.name === file.name && one.size === file.size && one.modified === String(file.lastModified));
      if (same && (same.file || same.id)) continue;
      const entry = same ?? this.line({ name: file.name, size: file.size, modified: String(file.lastModified) });
      if (file.size === 0) {
        this.refuse(entry, EMPTY(file.name));
        continue;
      }
      entry.file = file;
      this.show(entry, say("chờ gửi", "waiting"));
    }
    this.run();
  }

  /* One line of the list: name, how far it is, and a way to take it out. */
  line(entry) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const said = document.createElement("span");
    const bar = document.createElement("progress");
    const remove = document.createElement("button");
    name.textContent = `${entry.name} (${size(entry.size)})`;
    said.className = "drop-said";
    bar.max = entry.size || 1;
    bar.value = 0;
    bar.setAttribute("aria-label", entry.name);
    remove.type = "button";
    remove.textContent = "✕";
    remove.setAttribute("aria-label", `${this.list.dataset.remove}: ${entry.name}`);
    remove.addEventListener("click", () => this.take_out(entry));
    item.append(name, remove, bar, said);
    this.list.append(item);
    Object.assign(entry, { item, said, bar });
    this.entries.push(entry);
    return entry;
  }

  show(entry, words, done = entry.bar.value) {
    entry.bar.value = done;
    entry.said.textContent = words;
  }

  take_out(entry) {
    entry.gone = true;
    entry.abort?.abort();
    if (entry.href && !entry.id && !entry.fault) this.ask(`${entry.href}/cancel`).catch(() => {});
    this.entries = this.entries.filter((one) => one !== entry);
    entry.item.remove();
    this.keep();
    this.input.focus();
    this.wake?.();
    this.submit_if_ready();
  }

  /* One file after the other: a weak line is not shared. */
  async run() {
    if (this.running) return;
    this.running = true;
    let next;
    while ((next = this.entries.find((one) => one.file && !one.id && !one.fault))) await this.send(next);
    this.running = false;
    this.submit_if_ready();
  }

  async send(entry) {
    for (let pause = 1000; !entry.gone; pause = Math.min(2 * pause, LONGEST_WAIT)) {
      try {
        return await this.attempt(entry, () => { pause = 1000; });
      } catch (error) {
        if (entry.gone) return;
        if (error instanceof Refused) return this.refuse(entry, error.message);
        this.show(entry, say("mất kết nối, sẽ tự gửi tiếp", "no connection, it will go on by itself"));
        await new Promise((done) => { this.wake = done; setTimeout(done, pause); });
      }
    }
  }

  async attempt(entry, moved) {
    const fields = new URLSearchParams({ name: entry.name, size: entry.size, modified: entry.modified });
    const begun = await this.ask(this.zone.dataset.upload, fields);
    entry.href = begun.href;
    this.keep();
    let offset = begun.offset;
    for (;;) {
      this.show(entry, `${Math.floor((100 * offset) / (entry.size || 1))} %`, offset);
      if (offset >= entry.size) {
        this.show(entry, say("đang kiểm tra tệp", "being checked"));
        const ended = await this.ask(`${entry.href}/finish`, null, entry);
        if (ended.file) return this.finish(entry, ended.file);
        offset = ended.offset;
        continue;
      }
      const piece = entry.file.slice(offset, offset + begun.piece);
      offset = (await this.ask(`${entry.href}?offset=${offset}`, piece, entry)).offset;
      moved();
    }
  }

  finish(entry, id) {
    entry.id = id;
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: this.name, value: id });
    entry.item.append(field);
    entry.item.classList.add("is-done");
    this.show(entry, say("đã nhận", "received"), entry.bar.max);
    this.keep();
  }

  refuse(entry, words) {
    entry.fault = true;
    entry.item.classList.add("was-refused");
    entry.said.setAttribute("role", "alert");
    this.show(entry, words, 0);
    this.keep();
  }

  /* Answers of the server as an object; what it refuses by a sentence is not tried again, all else is. */
  async ask(path, body = null, entry = {}) {
    entry.abort = new AbortController();
    const answer = await fetch(path, {
      method: "POST",
      body,
      redirect: "manual",
      signal: entry.abort.signal,
      headers: { Accept: "application/json", "X-CSRFToken": this.input.form.querySelector("[name=csrf_token]")?.value ?? "" },
    });
    if (answer.type === "opaqueredirect" || answer.status === 400) {
      throw new Refused(say("phiên đăng nhập đã hết, hãy đăng nhập ở thẻ khác rồi tải lại trang này", "you were logged out: log in in another tab, then load this page again"));
    }
    if (answer.status === 204) return {};
    const told = await answer.json().catch(() => null);
    if (answer.ok || answer.status === 409) return told;
    /* Gone (404) is begun anew, too many at once (429) and what broke (5xx) is tried again. */
    if (told?.error?.sentence && answer.status !== 404 && answer.status !== 429 && (answer.status < 500 || path.endsWith("/finish"))) throw new Refused(told.error.sentence);
    throw new Error(String(answer.status));
  }

  /* A form waits for its files, says so, and then goes by itself. */
  hold(event) {
    const waiting = this.entries.filter((one) => one.file && !one.id && !one.fault);
    const wrong = this.entries.some((one) => one.fault);
    if (waiting.length === 0 && !wrong) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (waiting.length === 0) return this.tell(NOT_TAKEN());
    this.pressed = event.submitter;
    this.awaited = true;
    this.tell(say(`Đang gửi ${waiting.length} tệp. Biểu mẫu tự gửi khi các tệp đã đến nơi; bỏ tệp ra nếu không muốn chờ.`,
      `${waiting.length} files are on their way. The form goes by itself when they have arrived; take them out if you do not want to wait.`));
  }

  submit_if_ready() {
    if (!this.awaited || this.entries.some((one) => one.file && !one.id && !one.fault)) return;
    this.awaited = false;
    const wrong = this.entries.some((one) => one.fault);
    this.tell(wrong ? NOT_TAKEN() : "");
    if (!wrong) this.input.form.requestSubmit(this.pressed ?? undefined);
  }

  tell(words) {
    let said = this.zone.querySelector("[data-upload-said]");
    if (!said) {
      said = document.createElement("p");
      said.className = "help";
      said.dataset.uploadSaid = "";
      said.setAttribute("role", "status");
      this.zone.append(said);
    }
    said.textContent = words;
    said.hidden = !words;
  }

  /* The names of this form's files stay on this device for a day, so that a reload finds what was sent. */
  keep() {
    const kept = this.entries.filter((one) => one.href && !one.fault).map(({ name, size: bytes, modified, href }) => ({ name, size: bytes, modified, href }));
    try {
      if (kept.length) localStorage.setItem(this.memory, JSON.stringify({ at: Date.now(), kept }));
      else localStorage.removeItem(this.memory);
    } catch { /* No room or not allowed: a reload then begins anew. */ }
  }

  async remember() {
    let found = null;
    try {
      found = JSON.parse(localStorage.getItem(this.memory));
    } catch { return; }
    if (!found || Date.now() - found.at > OLD) return localStorage.removeItem(this.memory);
    for (const { name, size: bytes, modified, href } of found.kept) {
      const answer = await fetch(href, { redirect: "manual", headers: { Accept: "application/json" } }).catch(() => null);
      const told = answer?.ok ? await answer.json() : null;
      if (!told || this.entries.some((one) => one.href === href)) continue;
      if (told.file && this.zone.querySelector(`[name="${this.name}"][value="${told.file}"]`)) continue;
      const entry = this.line({ name, size: bytes, modified, href });
      if (told.file) this.finish(entry, told.file);
      else this.show(entry, say("chưa gửi xong: chọn lại tệp này để gửi tiếp", "not all sent: choose this file again to go on"), told.offset);
      this.input.closest("details.move")?.setAttribute("open", "");
    }
    this.keep();
  }
}

export function size(bytes) {
  if (bytes === 0) return say("tệp rỗng", "empty file");
  const text = bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
  return english() ? text : text.replace(".", ",");
}
