/* Folds the rail at once; the server remembers it by the same form, sent in the background. */
export function startRail() {
  const form = document.querySelector("[data-rail-fold]");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    const folded = button.value === "folded";
    const data = new FormData(form, button);
    document.body.dataset.rail = folded ? "folded" : "open";
    button.value = folded ? "open" : "folded";
    button.setAttribute("aria-expanded", String(!folded));
    fetch(form.action, { method: "POST", body: new URLSearchParams(data), redirect: "manual" }).catch(() => {});
  });
}
