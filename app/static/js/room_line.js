/* The line to the server: sends one thing, asks what is new, and says what became of it. */
const PATIENCE = 15000;

export class Line {
  constructor(place) {
    this.sendTo = place.send;
    this.askAt = place.state;
    this.token = place.token;
    this.person = place.person;
    this.mark = "";
  }

  async post(op) {
    const answer = await this.ask(this.sendTo, { method: "POST", body: JSON.stringify(op), headers: { "Content-Type": "application/json", "X-CSRFToken": this.token } });
    if (!answer.response) return answer;
    const { response, said } = answer;
    if (response.ok) return this.known(response, said);
    if (response.status === 400) return (await this.fetchState(true)).kind === "ok" ? { kind: "again", sentence: said?.error?.sentence } : { kind: "login" };
    if (response.status >= 500 || response.status === 429) return { kind: "offline" };
    if (said && "clash" in said) return { kind: "clash", theirs: said.clash };
    if (said?.again) return { kind: "again", sentence: said.error.sentence };
    return { kind: "refused", sentence: said?.error?.sentence ?? "", forget: said?.error?.forget ?? false };
  }

  /* What was typed until now, by anybody; nothing where it is what this page has. */
  async fetchState(anew = false) {
    const headers = this.mark && !anew ? { "If-None-Match": this.mark } : {};
    const answer = await this.ask(this.askAt, { headers });
    if (!answer.response) return answer;
    if (answer.response.status === 304) return { kind: "same" };
    return answer.response.ok ? this.known(answer.response, answer.said) : { kind: "offline" };
  }

  known(response, said) {
    if (!said) return { kind: "offline" };
    if (said.person !== this.person) return { kind: "other" };
    this.token = said.token;
    this.mark = response.headers.get("ETag") ?? "";
    return { kind: "ok", state: said };
  }

  async ask(url, options) {
    try {
      const response = await fetch(url, {
        ...options, redirect: "manual", cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE),
        headers: { Accept: "application/json", ...options.headers },
      });
      /* Nothing here leads elsewhere but to the log-in. */
      if (response.type === "opaqueredirect") return { kind: "login" };
      const said = response.headers.get("Content-Type")?.includes("json") ? await response.json() : null;
      return { response, said };
    } catch {
      return { kind: "offline" };
    }
  }
}
