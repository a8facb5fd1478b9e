/* An amount typed as 100 triệu, 1,5 tỷ or 1.200.000.000: says in full how it is read. The server reads it by the same rule. */
import { fold } from "./fold.js";

const UNITS = { ty: 1e9, ti: 1e9, trieu: 1e6, tr: 1e6, nghin: 1e3, ngan: 1e3, k: 1e3 };
const english = document.documentElement.lang === "en";

export function startMoney(root) {
  for (const field of root.querySelectorAll("input[data-money]:not([data-ready])")) {
    field.dataset.ready = "";
    const told = document.getElementById(`${field.id}-read`);
    const tell = () => {
      const typed = field.value.trim();
      const amount = typed ? readMoney(typed) : null;
      told.classList.toggle("is-bad", typed !== "" && amount === null);
      told.textContent = typed ? say(amount) : "";
    };
    field.addEventListener("input", tell);
    tell();
  }
}

function say(amount) {
  if (amount !== null) return `${grouped(amount)} đồng`;
  return english ? "Not an amount: type 100 triệu or 1.200.000.000." : "Chưa đọc được số tiền: hãy gõ 100 triệu hoặc 1.200.000.000.";
}

function grouped(amount) {
  return String(amount).replace(/\B(?=(\d{3})+$)/g, ".");
}

export function readMoney(typed) {
  const said = fold(typed).replace(/^[ .;]+|[ .;]+$/g, "").replace(/\s*(?:dong|vnd|d)$/, "");
  if (isGrouped(said)) return bounded(+said.replace(/[.,]/g, ""));
  const part = /(\d[\d.,]*)\s*(ty|ti|trieu|tr|nghin|ngan|k)\b(\s+ruoi\b)?\s*,?\s*/y;
  let total = 0, smallest = 1e15, at = 0;
  for (let found = part.exec(said); found; found = part.exec(said)) {
    const count = number(found[1].replace(/,$/, ""));
    const unit = UNITS[found[2]];
    if (count === null || unit >= smallest || (total && count * unit >= smallest)) return null;
    total += Math.round((found[3] ? count + 0.5 : count) * unit * 1000) / 1000;
    at = part.lastIndex;
    smallest = unit;
  }
  return at && at === said.length ? bounded(total) : null;
}

function isGrouped(text) {
  return /^(?:\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d+)$/.test(text);
}

function number(text) {
  const decimal = /^(?:(\d{1,6})[.,](\d{1,2}|\d{4,6})|(\d{1,6}),(\d{3}))$/.exec(text);
  if (decimal) return Number(`${decimal[1] ?? decimal[3]}.${decimal[2] ?? decimal[4]}`);
  return isGrouped(text) ? +text.replace(/[.,]/g, "") : null;
}

function bounded(amount) {
  return Number.isInteger(amount) && amount < 1e15 ? amount : null;
}
