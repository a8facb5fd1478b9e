/* While a long form is on its way: a bar that asks how far the work is. Without script the page simply waits. */
const EVERY = 700;

export function startProgress() {
  document.addEventListener("submit", (event) => {
    /* A form may have several buttons, and the one that takes long may stand beside the form, with its bar. */
    const form = event.submitter?.dataset.progress ? event.submitter : event.target;
    const bar = (form === event.target ? form : form.parentElement).querySelector?.("[data-progress-bar]");
    if (event.defaultPrevented || !form.dataset.progress || !bar) return;
    bar.hidden = false;
    const meter = bar.querySelector("progress");
    const timer = setInterval(async () => {
      try {
        const answer = await fetch(form.dataset.progress, { headers: { Accept: "application/json" } });
        if (answer.ok) meter.value = Math.max(meter.value, (await answer.json()).percent);
      } catch {
        clearInterval(timer); /* the page is being left */
      }
    }, EVERY);
    window.addEventListener("pagehide", () => clearInterval(timer), { once: true });
  });
}
