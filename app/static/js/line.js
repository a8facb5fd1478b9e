/* While the device has no network nothing is sent: the page stays with what was typed, instead of the browser's own error. */
const english = document.documentElement.lang === "en";
const SAID = english
  ? "This device is offline, so nothing was sent. What you typed is still here; press again when the network is back."
  : "Máy đang mất kết nối nên chưa gửi được. Nội dung vẫn còn ở đây; có mạng lại thì bấm lần nữa.";
const KEPT = english
  ? "This device is offline, so it was not taken back. Press again before the seconds have run down."
  : "Máy đang mất kết nối nên chưa rút lại được. Có mạng lại thì bấm lần nữa, trước khi hết giây.";

export function startLine() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    /* The room keeps and sends what is typed in a way of its own. */
    if (navigator.onLine || form.method !== "post" || document.querySelector("[data-room]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    unsay();
    const said = document.createElement("p");
    said.className = "field-error";
    said.dataset.line = "";
    said.setAttribute("role", "alert");
    said.textContent = form.closest("[data-held]") ? KEPT : SAID;
    form.append(said);
    said.scrollIntoView({ block: "nearest" });
  }, true);
  window.addEventListener("online", unsay);
}

function unsay() {
  for (const said of document.querySelectorAll("[data-line]")) said.remove();
}
