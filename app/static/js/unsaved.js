/* A text that goes on its way takes with it what was typed in it and not yet saved. */
export function startUnsaved() {
  const form = document.querySelector("form[data-goes-with]");
  const text = form?.querySelector("textarea");
  if (!text) return;
  document.addEventListener("submit", (event) => {
    const move = event.target;
    const typed = text.value !== text.defaultValue || form.dataset.unsaved !== undefined;
    if (!typed || !move.action?.endsWith(form.dataset.goesWith)) return;
    event.preventDefault();
    const act = document.createElement("input");
    Object.assign(act, { type: "hidden", name: "act", value: "submit" });
    form.append(act);
    form.requestSubmit();
  }, true);
}
