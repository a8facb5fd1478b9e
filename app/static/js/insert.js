/* Puts prepared words into a text where the cursor stands: headings of the agenda into the minutes. */
export function startInserts(root) {
  for (const button of root.querySelectorAll("button[data-insert]")) button.addEventListener("click", () => insert(button));
}

function insert(button) {
  const field = document.getElementById(button.closest("[data-insert-into]")?.dataset.insertInto ?? "");
  if (!(field instanceof HTMLTextAreaElement)) return;
  const before = field.value.slice(0, field.selectionStart).replace(/\s+$/, "");
  const words = `${before === "" ? "" : "\n\n"}${button.dataset.insert}\n\n`;
  field.setRangeText(words, before.length, field.selectionEnd, "end");
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
