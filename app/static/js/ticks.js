/* One box that ticks all boxes of a name in its form, and shows when only some of them are ticked; and a button that
   says how many rows it will take: those ticked on this page, those being mended, and those of other pages (data-counts). */
export function startTicks(root) {
  for (const all of root.querySelectorAll("input[data-tick-all]:not([data-ready])")) {
    all.dataset.ready = "";
    const boxes = () => [...all.form.querySelectorAll(`input[type=checkbox][name="${all.dataset.tickAll}"]`)];
    const show = () => {
      const ticked = boxes().filter((box) => box.checked).length;
      all.checked = ticked > 0 && ticked === boxes().length;
      all.indeterminate = ticked > 0 && !all.checked;
    };
    all.addEventListener("change", () => {
      for (const box of boxes()) box.checked = all.checked;
    });
    all.form.addEventListener("change", (event) => event.target !== all && show());
    show();
  }
  for (const button of root.querySelectorAll("button[data-counts]:not([data-ready])")) {
    button.dataset.ready = "";
    const show = () => {
      const ticked = button.form.querySelectorAll('input[type=checkbox][name^="take-"]:checked').length;
      const mended = [...button.form.querySelectorAll("[data-mends]")].filter(isMended).length;
      const count = Number(button.dataset.counts) + ticked + mended;
      button.querySelector("[data-count]").textContent = count.toLocaleString(document.documentElement.lang === "en" ? "en" : "vi");
      button.disabled = count === 0;
    };
    button.form.addEventListener("change", show);
    button.form.addEventListener("input", show);
    show();
  }
}

function isMended(row) {
  return [...row.querySelectorAll("[name]")].some((field) => (field.type === "checkbox" ? field.checked : field.type !== "hidden" && field.value.trim() !== ""));
}
