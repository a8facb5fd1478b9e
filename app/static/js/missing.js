/* A card of the queue stays where it is while something is missing or a day cannot be read: said beside the field, which
   gets the focus. */
const english = document.documentElement.lang === "en";

export function startMissing() {
  /* Before anything else hears of it: nothing is on its way yet. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches?.("[data-walk] form.move-form")) return;
    const empty = [...form.querySelectorAll("[required], [aria-required=true]")].filter((field) => field.type !== "file" && field.value.trim() === "");
    /* What is wrong with a day stands below it already: dates.js says it while it is typed. */
    const unread = [...form.querySelectorAll("input[data-day]")].filter((field) => document.getElementById(`${field.id}-read`)?.classList.contains("is-bad"));
    if (!empty.length && !unread.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    empty.forEach(say);
    unread.forEach(mark);
    [...form.elements].find((field) => empty.includes(field) || unread.includes(field)).focus();
  }, true);
  document.addEventListener("input", (event) => unsay(event.target));
  document.addEventListener("change", (event) => unsay(event.target));
}

function say(field) {
  unsay(field);
  const frame = field.closest(".field");
  const label = frame?.querySelector(".form-label")?.firstChild?.textContent.trim() ?? "";
  const said = document.createElement("p");
  said.className = "field-error";
  said.dataset.missing = "";
  said.id = `${field.id}-missing`;
  said.setAttribute("role", "alert");
  said.textContent = english ? `Fill in “${label}”, then send again.` : `Hãy ghi «${label}» rồi gửi lại.`;
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), said.id].filter(Boolean).join(" "));
  frame?.classList.add("is-wrong");
  frame?.append(said);
}

function mark(field) {
  field.dataset.stopped = "";
  field.setAttribute("aria-invalid", "true");
  field.closest(".field")?.classList.add("is-wrong");
}

function unsay(field) {
  const frame = field.closest?.(".field");
  if (field.dataset?.stopped !== undefined) {
    delete field.dataset.stopped;
    field.removeAttribute("aria-invalid");
    frame?.classList.remove("is-wrong");
  }
  const said = frame?.querySelector("[data-missing]");
  if (!said) return;
  const told = frame.querySelector(`[aria-describedby~="${said.id}"]`);
  const rest = (told?.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id !== said.id).join(" ");
  if (rest) told.setAttribute("aria-describedby", rest);
  else told?.removeAttribute("aria-describedby");
  told?.removeAttribute("aria-invalid");
  frame.classList.remove("is-wrong");
  said.remove();
}
