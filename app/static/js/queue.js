/* After a ruling was sent or taken back, the queue goes on where it was: at the next card, or at the one that returned. */
import { markRow } from "./preview.js";

const english = document.documentElement.lang === "en";
const KEPT = "queue-goes-on";

export function startQueue() {
  let byKeys = false;
  document.addEventListener("keydown", () => { byKeys = true; }, true);
  document.addEventListener("pointerdown", () => { byKeys = false; }, true);
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const card = event.target.closest(".queue [data-walk]");
    const bar = event.target.closest("[data-held]");
    if (!card && !bar) return;
    const at = card ? cards().indexOf(card) : -1;
    sessionStorage.setItem(KEPT, JSON.stringify({ at, card: bar?.dataset.card ?? "", byKeys }));
  });
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  sessionStorage.removeItem(KEPT);
  if (kept && location.pathname === "/chair") goOn(kept);
}

function cards() {
  return [...document.querySelectorAll(".queue [data-walk]")];
}

function goOn({ at, card, byKeys }) {
  const all = cards();
  const next = card ? document.getElementById(card) : all[Math.min(at, all.length - 1)];
  if (next && byKeys) markRow(next);
  const place = next?.querySelector(".ruling-name a, .btn") ?? document.querySelector("h1");
  if (!place) return;
  if (!next) place.tabIndex = -1;
  /* Who taps must keep the line in sight by which it is taken back; who uses keys takes it back from anywhere. */
  place.focus({ preventScroll: true, focusVisible: byKeys });
  if (next && byKeys) next.scrollIntoView({ block: "nearest" });
  const bar = document.querySelector("[data-held]");
  if (next && !byKeys && at > 0 && bar) below(bar, next);
  if (!card && bar) setTimeout(() => tell(bar), 200);
}

/* On a phone the line stays in sight above the queue: whoever skipped cards goes on behind them. */
function below(bar, next) {
  const style = getComputedStyle(bar);
  if (style.position !== "sticky") return;
  const covered = Number.parseFloat(style.top) + bar.offsetHeight + Number.parseFloat(style.marginBottom);
  scrollBy({ top: next.getBoundingClientRect().top - covered, behavior: "instant" });
}

/* Put in when the page stands, else nobody hears it. */
function tell(bar) {
  const said = document.createElement("p");
  said.className = "visually-hidden";
  const what = bar.querySelector("p > span")?.textContent.trim() ?? "";
  said.textContent = english ? `${what} recorded; z takes it back.` : `${what} đã ghi; phím z để rút lại.`;
  document.getElementById("flashes")?.append(said);
}
