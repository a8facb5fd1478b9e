/* The room's display follows the secretary: a new picture every few seconds; while the line is cut the last one stays. */
const { body } = document;
const EVERY = Number(body.dataset.every ?? 2500);
const picture = document.querySelector("[data-picture]");
const said = document.querySelector("[data-said]");
let mark = "";

document.documentElement.classList.add("js");
document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() === "f" && !event.ctrlKey && !event.metaKey && !event.altKey) full();
});
document.querySelector("[data-full]").addEventListener("click", full);

function full() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.().catch(() => {});
}

async function draw() {
  try {
    const answer = await fetch(body.dataset.display, {
      headers: mark ? { "If-None-Match": mark } : {}, redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(10000),
    });
    if (answer.status === 200) {
      mark = answer.headers.get("ETag") ?? "";
      picture.innerHTML = (await answer.json()).picture;
      picture.querySelector(".display-written")?.scrollIntoView({ block: "nearest" });
    } else if (answer.status !== 304) throw new Error("no picture");
    said.textContent = "";
  } catch {
    said.textContent = body.dataset.cut.replace("{at}", picture.querySelector("[data-at]")?.dataset.at ?? "");
  }
  setTimeout(draw, EVERY);
}

setTimeout(draw, EVERY);
