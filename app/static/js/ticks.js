/* One box that ticks all boxes of a name in its form, and shows when only some of them are ticked. */
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
}
