/* Counts down how long a ruling can still be taken back, and asks for its effect when the count has run down. */
const english = document.documentElement.lang === "en";

export function startHeld(root) {
  for (const bar of root.querySelectorAll("[data-held]:not([data-counting])")) {
    bar.dataset.counting = "";
    const ends = performance.now() + Number(bar.dataset.held) * 1000;
    const count = bar.querySelector("[data-held-count]");
    const timer = setInterval(() => {
      const left = Math.ceil((ends - performance.now()) / 1000);
      count.textContent = String(Math.max(0, left));
      if (left > 0 && bar.isConnected) return;
      clearInterval(timer);
      if (!bar.isConnected) return;
      settle(bar);
    }, 250);
  }
}

/* Whether or not this works, the scheduler lets the ruling take effect. */
async function settle(bar) {
  const form = bar.querySelector("form");
  form.hidden = true;
  bar.querySelector(".held-count").hidden = true;
  bar.querySelector("[data-held-doing]").hidden = false;
  try {
    const answer = await fetch(bar.dataset.settle, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    const said = await answer.json();
    /* The page of the very thing shows how it stands now; a queue goes on without it. */
    if (said.refused || bar.closest("[data-held-page]")) {
      location.reload();
      return;
    }
  } catch {
    bar.querySelector("[data-held-doing]").textContent = english
      ? "this device is offline; the system lets it take effect by itself"
      : "máy này mất kết nối, hệ thống tự thực hiện";
    return;
  }
  bar.querySelector("[data-held-doing]").hidden = true;
  bar.querySelector("[data-held-done]").hidden = false;
  bar.classList.add("is-done");
}
