/* A due date as it is typed in the room: 30/6, cuối quý, tháng 12, +10 ngày làm việc. The server reads it by the same rule. */
import { calendar, iso, parse } from "./dates.js";
import { fold } from "./fold.js";

const DAY = 86400000;
const QUARTERS = { i: 1, ii: 2, iii: 3, iv: 4 };
const NEAR = { "hom nay": 0, mai: 1, "ngay mai": 1, "ngay kia": 2 };

/* Returns the day in milliseconds of UTC, or null where the words give none. */
export function readDue(typed, from) {
  const said = fold(typed).replace(/^[ .;,]+|[ .;,]+$/g, "");
  if (said in NEAR) return from + NEAR[said] * DAY;
  let found = /^(?:truoc )?(?:ngay )?(\d.*)$/.exec(said);
  const day = found && parse(found[1], from);
  if (day) return day;
  found = /^(?:cuoi |het )(tuan|thang|quy|nam)(?: (nay|sau|toi))?$/.exec(said);
  if (found) {
    const end = endOf(found[1], from);
    return ["sau", "toi"].includes(found[2]) ? endOf(found[1], end + DAY) : end;
  }
  found = /^(?:cuoi |het |trong )?thang (\d{1,2})(?: ?[/.-] ?(\d{4})| nam (\d{4}))?$/.exec(said);
  if (found) return lastOf(+found[1], found[2] ?? found[3], from);
  found = /^(?:cuoi |het |trong )?quy (iv|i{1,3}|[1-4])(?: ?[/.-] ?(\d{4})| nam (\d{4}))?$/.exec(said);
  if (found) return lastOf((QUARTERS[found[1]] ?? +found[1]) * 3, found[2] ?? found[3], from);
  found = /^(?:cuoi |het |trong )?nam (\d{4})$/.exec(said);
  if (found) return Date.UTC(+found[1], 11, 31);
  found = /^(?:\+ ?|trong |sau )?(\d{1,3}) ?(ngay lam viec|nlv|lv|ngay|tuan|thang)$|^\+ ?(\d{1,3})$/.exec(said);
  return found ? counted(+(found[1] ?? found[3]), found[2] ?? "lv", from) : null;
}

function counted(count, unit, from) {
  if (unit === "ngay") return from + count * DAY;
  if (unit === "tuan") return from + 7 * count * DAY;
  const at = new Date(from);
  if (unit === "thang") {
    const first = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + count, 1);
    return Math.min(endOf("thang", first), first + (at.getUTCDate() - 1) * DAY);
  }
  const { off, worked } = calendar();
  let day = from;
  for (let left = count; left > 0;) {
    day += DAY;
    const weekday = new Date(day).getUTCDay();
    if (worked.has(iso(day)) || (weekday !== 0 && weekday !== 6 && !off.has(iso(day)))) left -= 1;
  }
  return day;
}

function lastOf(month, year, from) {
  if (month < 1 || month > 12) return null;
  const at = new Date(from);
  const wanted = year ? +year : at.getUTCFullYear() + (month < at.getUTCMonth() + 1 ? 1 : 0);
  return endOf("thang", Date.UTC(wanted, month - 1, 1));
}

function endOf(period, day) {
  const at = new Date(day);
  if (period === "tuan") return day + ((7 - at.getUTCDay()) % 7) * DAY;
  const month = at.getUTCMonth() + 1;
  const last = { thang: month, quy: Math.ceil(month / 3) * 3 }[period] ?? 12;
  return Date.UTC(at.getUTCFullYear(), last, 1) - DAY;
}
