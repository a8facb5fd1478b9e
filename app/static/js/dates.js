/* A day typed as 30/6, 30-6-26 or 30062026: says how it is read and how far it is. The server reads it by the same rule. */
import { readDue } from "./room_due.js";

const english = document.documentElement.lang === "en";
const DAY = 86400000;
const SPRITE = new URL("../vendor/icons.svg", import.meta.url).pathname;
const WEEK = english
  ? ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
  : ["Chủ nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"];

const DAY_TYPED = /^(?:ngày\s*)?(\d{1,2})\s*(?:[/.\-\s]|tháng)\s*(\d{1,2})(?:\s*(?:[/.\-\s]|năm)\s*(\d{4}|\d{2}))?$/i;

export function startDates(root) {
  for (const field of root.querySelectorAll("input[data-day]:not([data-ready])")) prepare(field);
}

function prepare(field) {
  field.dataset.ready = "";
  const told = document.getElementById(`${field.id}-read`);
  // Where a day lies ahead, «cuối quý» or «+10 ngày làm việc» name one as well; on leaving the field the day stands there.
  const ahead = (text, from) => parse(text, from) ?? (passed(text, from) === null ? readDue(text, from) : null);
  const read = () => (field.dataset.day === "past" ? parsePast : ahead)(field.value, today());
  const tell = () => {
    const day = read();
    const gone = field.dataset.day === "past" ? null : passed(field.value, today());
    told.classList.toggle("is-bad", field.value.trim() !== "" && !day);
    told.textContent = field.value.trim() === "" ? "" : gone ? ask(gone) : day ? say(day) : fault(field.value);
  };
  field.addEventListener("input", tell);
  field.addEventListener("change", () => {
    const day = read();
    if (day) field.value = show(day);
    tell();
  });
  addNative(field, read, tell);
  /* What the server said of it stands below already. */
  if (!document.getElementById(`${field.id}-error`) || read()) tell();
}

/* A day without a year that passed within the last month: a slip more often than a wish for next year, so it is asked. */
export function passed(text, from) {
  const bare = /^(?:ngày\s*)?(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})$/.exec(text.trim());
  if (!bare) return null;
  const year = new Date(from).getUTCFullYear();
  const days = [year, year - 1].map((one) => valid(one, +bare[2], +bare[1]));
  return days.find((day) => day !== null && day < from && from - day <= 31 * DAY) ?? null;
}

export function ask(gone) {
  const at = new Date(gone);
  const [day, month, year] = [at.getUTCDate(), at.getUTCMonth() + 1, at.getUTCFullYear()];
  const next = `${day}/${month}/${year + 1}`;
  if (english) return `${day}/${month}/${year} has passed; type ${next} for next year.`;
  return `${day}/${month}/${year} đã qua; gõ ${next} nếu là năm sau.`;
}

/* Where days gone by are asked for, a day without a year is the last such day. */
function parsePast(text, from) {
  const gone = passed(text, from);
  if (gone !== null) return gone;
  const day = parse(text, from);
  const bare = !/\d{4}|[/.\-\s]\s*\d{1,2}\s*[/.\-\s]\s*\d{2}$/.test(text);
  if (day === null || day <= from || !bare) return day;
  const at = new Date(day);
  return valid(at.getUTCFullYear() - 1, at.getUTCMonth() + 1, at.getUTCDate());
}

/* Days are counted in UTC, so that no clock change can move them. */
export function parse(text, from) {
  const typed = text.trim();
  const isoDay = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed);
  if (isoDay) return valid(+isoDay[1], +isoDay[2], +isoDay[3]);
  const packed = /^(\d{2})(\d{2})(\d{4})$/.exec(typed);
  const parts = packed ?? DAY_TYPED.exec(typed);
  if (!parts) return null;
  if (parts[3]) return valid(parts[3].length === 2 ? 2000 + +parts[3] : +parts[3], +parts[2], +parts[1]);
  if (passed(typed, from) !== null) return null;
  const year = new Date(from).getUTCFullYear();
  const coming = [0, 1, 2, 3, 4].map((ahead) => valid(year + ahead, +parts[2], +parts[1]));
  return coming.find((day) => day !== null && day >= from) ?? null;
}

function valid(year, month, day) {
  const { first = 1990, last = 2100 } = document.getElementById("day-faults")?.dataset ?? {};
  return exists(year, month, day) && year >= +first && year <= +last ? Date.UTC(year, month - 1, day) : null;
}

function exists(year, month, day) {
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
}

/* Why what was typed gives no day, in the sentence that the server would say. */
function fault(text) {
  const typed = text.trim();
  const said = document.getElementById("day-faults")?.dataset ?? {};
  const fill = (sentence, what) => (sentence ?? "").replace("{}", what);
  const isoDay = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed);
  const parts = isoDay ? [typed, isoDay[3], isoDay[2], isoDay[1]] : /^(\d{2})(\d{2})(\d{4})$/.exec(typed) ?? DAY_TYPED.exec(typed);
  if (!parts) return fill(said.unread, typed.slice(0, 40));
  const year = !parts[3] ? 2000 : parts[3].length === 2 ? 2000 + +parts[3] : +parts[3];
  const named = [parts[1].padStart(2, "0"), parts[2].padStart(2, "0"), ...(parts[3] ? [year] : [])].join("/");
  if (!exists(year, +parts[2], +parts[1])) return fill(said.none, named);
  return valid(year, +parts[2], +parts[1]) === null ? fill(said.far, year) : fill(said.unread, typed.slice(0, 40));
}

export function calendar() {
  const data = document.getElementById("calendar");
  return { off: new Set(data?.dataset.off.split(" ")), worked: new Set(data?.dataset.worked.split(" ")), known: data !== null };
}

/* What days off are called: those of the calendar by their day, those of every year by month and day. */
function names() {
  const told = document.getElementById("calendar")?.dataset.named ?? "";
  return new Map(told.split("|").map((line) => [line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)]));
}

export function today() {
  const told = document.getElementById("calendar")?.value;
  if (told) return Date.parse(`${told}T00:00Z`);
  // The product's days are Vietnam's, wherever the browser stands: seven hours before UTC, all year.
  return Math.floor((Date.now() + 7 * 3600000) / DAY) * DAY;
}

export function workingDays(from, to, off, worked) {
  let count = 0;
  for (let at = from + DAY; at <= to; at += DAY) {
    if (isWorked(at, off, worked)) count += 1;
  }
  return count;
}

function isWorked(at, off, worked) {
  const weekday = new Date(at).getUTCDay();
  return worked.has(iso(at)) || (weekday !== 0 && weekday !== 6 && !off.has(iso(at)));
}

/* The last good day of a due date: the day itself, or the working day after a rest day, as lists count it. */
export function lastGood(day, off, worked) {
  let last = day;
  while (!isWorked(last, off, worked) && last - day < 60 * DAY) last += DAY;
  return last;
}

export function iso(at) {
  return new Date(at).toISOString().slice(0, 10);
}

export function show(at) {
  const [year, month, day] = iso(at).split("-");
  return `${day}/${month}/${year}`;
}

export function say(day) {
  return `${named(day)}${later(day)} ·\u00a0${distance(day)}${rest(day)}`;
}

function named(day) {
  return `${WEEK[new Date(day).getUTCDay()]}, ${show(day)}`;
}

/* What a day on which nobody works means for a due date, and a holiday that the calendar does not hold yet. */
function rest(day) {
  const { off, worked, known } = calendar();
  if (!known || day < today()) return "";
  const holiday = names().get(iso(day)) ?? names().get(iso(day).slice(5));
  const last = lastGood(day, off, worked);
  if (last === day) {
    if (!holiday || worked.has(iso(day))) return "";
    return english ? ` ·\u00a0${holiday}, not in the calendar as a day off` : ` ·\u00a0${holiday}, lịch làm việc chưa ghi là ngày nghỉ`;
  }
  const weekend = [0, 6].includes(new Date(day).getUTCDay());
  if (english) return ` ·\u00a0${holiday ?? (weekend ? "weekend" : "public holiday")}: a due date runs to the end of ${named(last)}`;
  const why = holiday?.startsWith("Nghỉ ") ? `nghỉ ${holiday.slice(5)}` : holiday ? `nghỉ lễ, ${holiday}` : weekend ? "nghỉ cuối tuần" : "nghỉ lễ";
  return ` ·\u00a0ngày ${why}; thời hạn tính đến hết ${named(last)}`;
}

/* A year that nobody typed must not go unseen. */
function later(day) {
  const years = new Date(day).getUTCFullYear() - new Date(today()).getUTCFullYear();
  return years === 1 ? (english ? " (next year)" : " (năm sau)") : "";
}

/* How far a day is, in the working days by which lists count: to the end of the last good day. */
function distance(day) {
  const from = today();
  const { off, worked, known } = calendar();
  if (day === from) return english ? "today" : "hôm nay";
  const plain = Math.abs(day - from) / DAY;
  /* So far away nobody counts working days, and the calendar knows no holidays of those years. */
  const working = known && plain < 1500;
  const last = working ? lastGood(day, off, worked) : day;
  const ahead = day > from;
  if (!ahead && last >= from) return english ? "has passed" : "ngày đã qua";
  const gone = working ? Math.max(1, workingDays(last, from, off, worked)) : plain;
  const count = ahead ? (working ? workingDays(from, last, off, worked) : plain) : gone;
  if (english) return `${ahead ? "" : "has passed, "}${count} ${working ? "working " : ""}day${count === 1 ? "" : "s"} ${ahead ? "left" : "ago"}`;
  return `${ahead ? "còn" : "ngày đã qua, cách đây"} ${count} ngày${working ? " làm việc" : ""}`;
}

/* A button that opens the browser's own calendar; the field stays text, so that 30/6 can be typed. */
function addNative(field, read, tell) {
  if (!("showPicker" in HTMLInputElement.prototype)) return;
  const wrap = document.createElement("span");
  const native = document.createElement("input");
  const button = document.createElement("button");
  wrap.className = "day-wrap";
  native.type = "date";
  native.className = "day-native";
  native.tabIndex = -1;
  native.setAttribute("aria-hidden", "true");
  button.type = "button";
  button.className = "day-open";
  button.setAttribute("aria-label", english ? "Open the calendar" : "Mở lịch");
  button.innerHTML = '<svg class="icon" aria-hidden="true"><use/></svg>';
  button.querySelector("use").setAttribute("href", `${SPRITE}#calendar`);
  field.replaceWith(wrap);
  wrap.append(field, button, native);
  button.addEventListener("click", () => {
    const day = read();
    native.value = day ? iso(day) : "";
    native.showPicker();
  });
  native.addEventListener("change", () => {
    if (native.value) field.value = show(Date.parse(`${native.value}T00:00Z`));
    tell();
    field.focus();
  });
}
