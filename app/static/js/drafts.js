/* Long texts are kept on this machine until the server has taken them: nothing typed is lost with a session.
   The server accepts a form by redirecting; an error page or the log-in page does not count as accepting. */
const KEEP_DAYS = 14;
const HUGE = 40000;
const words = document.documentElement.lang === "en"
  ? { back: "What you typed before was put back.", forget: "Discard it" }
  : { back: "Nội dung bạn gõ trước đó đã được đưa lại vào ô.", forget: "Bỏ nội dung này" };

export function startDrafts(root) {
  if (root === document) settle();
  for (const field of root.querySelectorAll("textarea[data-draft]:not([data-drafted])")) prepare(field);
}

function keyOf(field) {
  /* By the form, not by the page: the page that comes back with a mistake has another address. By the person: offices share machines. */
  const { person } = document.documentElement.dataset;
  return `draft:${person ?? ""}:${field.form?.getAttribute("action") || location.pathname}:${field.dataset.draft || field.name}`;
}

function prepare(field) {
  field.dataset.drafted = "";
  const key = keyOf(field);
  const kept = read(key);
  if (kept && kept.text !== field.value && field.value === field.defaultValue) restore(field, key, kept);
  let waiting = 0;
  const keep = () => {
    waiting = 0;
    write(key, field);
  };
  field.addEventListener("input", () => {
    measure(field);
    clearTimeout(waiting);
    waiting = setTimeout(keep, field.value.length > HUGE ? 2000 : 250);
  });
  addEventListener("pagehide", () => waiting && keep());
  field.form?.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    waiting = 0;
    if (!event.defaultPrevented && field.value !== "") write(key, field, true);
  });
}

/* A field that grows with its text is laid out anew at each letter: from some length on it keeps its height. */
function measure(field) {
  field.classList.toggle("is-huge", field.value.length > HUGE);
}

function restore(field, key, kept) {
  const original = field.value;
  field.value = kept.text;
  const note = document.createElement("p");
  const button = document.createElement("button");
  note.className = "draft-note";
  note.setAttribute("role", "status");
  note.textContent = words.back;
  button.type = "button";
  button.textContent = words.forget;
  button.addEventListener("click", () => {
    field.value = original;
    localStorage.removeItem(key);
    note.remove();
    field.focus();
  });
  note.append(button);
  field.after(note);
  const move = field.closest("details.move");
  if (move) move.open = true;
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, field, sent = false) {
  try {
    if (field.value === field.defaultValue && !sent) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ text: field.value, at: Date.now(), sent }));
  } catch { /* No room or not allowed: typing goes on. */ }
}

/* A text that was refused as secret must not stay on this machine either: the page names the form it was typed in. */
function forget() {
  for (const { dataset } of document.querySelectorAll("[data-forget-drafts]")) {
    const mine = Object.keys(localStorage).filter((name) => name.startsWith("draft:") && name.includes(`:${dataset.forgetDrafts}:`));
    for (const key of mine) localStorage.removeItem(key);
  }
}

/* Forgets what is old and what was accepted; what was sent but not accepted becomes a draft again. */
function settle() {
  const navigation = performance.getEntriesByType("navigation")[0];
  const accepted = navigation?.redirectCount > 0 && !document.querySelector("input[type=password], .error-summary, .field-error");
  try {
    forget();
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith("draft:"))) {
      const kept = read(key);
      if (!kept || Date.now() - kept.at > KEEP_DAYS * 86400000 || (kept.sent && accepted)) localStorage.removeItem(key);
      else if (kept.sent) localStorage.setItem(key, JSON.stringify({ ...kept, sent: false }));
    }
  } catch { /* Not allowed here. */ }
}
