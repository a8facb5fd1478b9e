/* Menus made of <details>: close on Escape, on a click elsewhere, and when another opens. Questions before grave steps. */
export function startMenus() {
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    const opener = event.target.closest("[data-open]");
    if (opener) document.getElementById(opener.dataset.open)?.showModal();
    if (event.target.closest("[data-print]")) window.print();
    if (event.target.closest("[data-close-move]")) closeMove(event.target);
    const way = event.target.closest("[data-open-move]");
    if (way && openMove(way)) event.preventDefault();
    if (event.target instanceof HTMLDialogElement && isOutside(event.target, event)) event.target.close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    const menu = document.querySelector("details[data-menu][open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (event.target.closest?.("details.move[open]") && !event.defaultPrevented) {
      closeMove(event.target);
    }
  });
  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.("details.move") && event.target.open) {
      /* Who opened it by a key sees its button, too; the field wins where both do not fit. */
      event.target.querySelector("button[type=submit]")?.scrollIntoView({ block: "nearest" });
      event.target.querySelector(".error-summary, input:not([type=hidden]), select:not([hidden]), textarea")?.focus();
    }
  }, true);
  document.addEventListener("submit", askFirst);
}

/* Opening brings the form into view and its first field under the keys; a move without a form is only led to. */
function openMove(way) {
  const move = document.querySelector(`${way.hash} form[action$="/${way.dataset.openMove}"]`)?.closest("details.move");
  if (!move) return false;
  move.open = true;
  return true;
}

function closeMove(inside) {
  const move = inside.closest("details.move");
  move.open = false;
  move.querySelector("summary").focus();
}

function isOutside(dialog, event) {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}

function askFirst(event) {
  const form = event.target;
  const dialog = document.getElementById("confirm");
  if (!form.dataset.confirm || form.dataset.confirmed || !dialog) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  dialog.querySelector("h2").textContent = form.dataset.confirmTitle ?? "";
  dialog.querySelector("[data-confirm-text]").textContent = form.dataset.confirm;
  dialog.querySelector("[value=yes]").textContent = form.dataset.confirmTitle || dialog.dataset.ok;
  dialog.returnValue = "no";
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "yes") return;
    form.dataset.confirmed = "yes";
    form.requestSubmit(event.submitter ?? undefined);
  }, { once: true });
  dialog.showModal();
}
