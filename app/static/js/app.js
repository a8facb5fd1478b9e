/* Starts every improvement of the pages. Each one only adds to what works without it. */
import { startApart } from "./apart.js";
import { startBusy } from "./busy.js";
import { startCopy } from "./copy.js";
import { startDates } from "./dates.js";
import { startDrafts } from "./drafts.js";
import { startDrops } from "./drops.js";
import { startInserts } from "./insert.js";
import { startLetters } from "./letters.js";
import { startLine } from "./line.js";
import { startFinder } from "./finder.js";
import { startHeld } from "./held.js";
import { startMenus } from "./menus.js";
import { startMoney } from "./money.js";
import { startMentions } from "./mention.js";
import { startMissing } from "./missing.js";
import { startPickers } from "./picker.js";
import { startPreview } from "./preview.js";
import { startProgress } from "./progress.js";
import { startQueue } from "./queue.js";
import { startRail } from "./rail.js";
import { startShortcuts } from "./shortcuts.js";
import { startTicks } from "./ticks.js";
import { startUnsaved } from "./unsaved.js";
import { startViewer } from "./viewer.js";

document.documentElement.classList.add("js");

/* Runs again on whatever htmx puts into the page. */
function improve(root) {
  startPickers(root);
  startMentions(root);
  startDates(root);
  startMoney(root);
  startDrafts(root);
  startDrops(root);
  startInserts(root);
  startLetters(root);
  startHeld(root);
  startTicks(root);
  startApart(root);
  focusFirst(root.querySelector("[data-first-focus]"));
}

/* The place to begin at: an error summary, a button, or (data-focus-inside) the first field in a part of a form. */
function focusFirst(place) {
  const inside = "input:not([type=hidden]):not([hidden]), textarea, select:not([hidden]), button";
  const first = place?.hasAttribute("data-focus-inside") ? place.querySelector(inside) : place;
  first?.focus();
  /* Going to a place named in the address takes the focus away once more when the page has loaded. */
  if (first && location.hash) window.addEventListener("load", () => setTimeout(() => first.focus()), { once: true });
}

startLine();
startMissing();
startMenus();
startRail();
startProgress();
startUnsaved();
startBusy();
startCopy();
startPreview();
startViewer();
startShortcuts();
startFinder();
improve(document);
startQueue();
document.addEventListener("htmx:after:process", (event) => {
  if (event.target instanceof Element && event.target !== document.body) improve(event.target);
});
