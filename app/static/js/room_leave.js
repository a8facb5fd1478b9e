/* Going on from the room: what is typed goes along, and without a line to the server nobody is led to an error page. */
import { words } from "./room_words.js";

export class Leaving {
  constructor(room, line, queue) {
    Object.assign(this, { room, line, queue });
    /* Before anybody else hears of it: a form that stays here is not on its way. */
    document.addEventListener("submit", (event) => this.hold(event, event.target), true);
    document.addEventListener("click", (event) => !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey && this.hold(event, event.target.closest("a[href]")));
  }

  async hold(event, way) {
    if (!way || way === this.through || way.matches("[data-go], [target], [download], .room-choose")) return;
    const isForm = way.matches("form");
    if (!isForm && (way.getAttribute("href").startsWith("#") || way.origin !== location.origin)) return;
    if (!isForm && !this.queue.ops.length && !this.room.cut && navigator.onLine) return;
    event.preventDefault();
    event.stopPropagation();
    const button = event.submitter;
    await Promise.race([this.queue.run(), new Promise((resolve) => setTimeout(resolve, 3000))]);
    const answer = await this.line.fetchState();
    if (answer.kind === "offline") this.stay(way, isForm, button);
    else this.go(way, isForm, button);
  }

  stay(way, isForm, button) {
    this.room.cut = true;
    const label = (button ?? way).dataset.name ?? (button ?? way).textContent.trim();
    this.later = isForm && way.dataset.later !== undefined ? way : this.later;
    this.said = this.later === way ? words.later(label) : words.stays(label);
    this.room.tell();
  }

  go(way, isForm, button) {
    this.said = "";
    if (!isForm) {
      location.assign(way.href);
      return;
    }
    const token = way.querySelector("[name=csrf_token]");
    if (token) token.value = this.line.token;
    this.through = way;
    way.requestSubmit(button ?? undefined);
    this.through = null;
  }

  /* The line is back: what was asked for meanwhile is sent from here, so that nobody is interrupted while typing. */
  async back() {
    const form = this.later;
    this.said = "";
    if (!form) return;
    await this.queue.run();
    if (this.queue.ops.length) return;
    this.later = null;
    const body = new FormData(form);
    body.set("csrf_token", this.line.token);
    try {
      const response = await fetch(form.action, { method: "POST", body, redirect: "manual", credentials: "same-origin" });
      const done = response.type === "opaqueredirect" || response.ok;
      this.said = done ? words.sentLater : words.stays(form.textContent.trim());
      this.link = done ? form.dataset.later : "";
    } catch {
      this.later = form;
    }
    this.room.tell();
  }
}
