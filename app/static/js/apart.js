/* A warning that shows while two people are chosen who have no unit in common (data-units of what is chosen). */
export function startApart(root) {
  for (const warning of root.querySelectorAll("[data-apart]:not([data-ready])")) {
    warning.dataset.ready = "";
    const form = warning.closest("form");
    const [own, other] = warning.dataset.apart.split(" ").map((name) => form.querySelector(`[name="${name}"]`));
    const show = () => {
      const [mine, theirs] = [own, other].map(unitsOf);
      warning.hidden = !other.value || !mine.length || mine.some((unit) => theirs.includes(unit));
    };
    form.addEventListener("change", show);
    show();
  }
}

/* A choice tells the units of what is chosen in it, a hidden field its own. */
function unitsOf(field) {
  const told = (field.selectedOptions?.[0] ?? field).dataset.units ?? "";
  return told.split(" ").filter(Boolean);
}
