/* Opens a row beside its list on a wide screen; the list keeps its place, the address says what is open. */
const WIDE = matchMedia("(min-width: 75rem)");

export function startPreview() {
  document.addEventListener("click", (event) => {
    const close = event.target.closest("[data-pane-close]");
    if (close) closePane();
    const link = event.target.closest("[data-beside] a.row-title");
    if (!link || !WIDE.matches || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    openPane(link);
  });
  document.addEventListener("keydown", (event) => {
    const pane = document.getElementById("pane");
    if (event.key === "Escape" && pane && !pane.hidden && !event.defaultPrevented && !event.isComposing && !document.querySelector("dialog[open]")) {
      if (!event.target.closest?.("details.move[open], details[data-menu][open]")) closePane();
    }
  });
}

export async function openPane(link) {
  const pane = document.getElementById("pane");
  const body = document.getElementById("pane-body");
  const from = link.closest("tr");
  pane.closest("[data-beside]").classList.add("is-open");
  pane.hidden = false;
  pane.setAttribute("aria-busy", "true");
  markRow(from);
  const wanted = (pane.dataset.href = link.href);
  try {
    const answer = await fetch(link.href, { headers: { "HX-Target": "pane" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const text = await answer.text();
    if (pane.dataset.href !== wanted) return;
    const page = new DOMParser().parseFromString(text, "text/html");
    body.replaceChildren(...page.body.childNodes);
    pane.querySelector("[data-pane-full]").href = link.href;
    pane.scrollTop = 0;
    window.htmx?.process(body);
    document.dispatchEvent(new CustomEvent("pane:open", { detail: body }));
    pane.focus({ preventScroll: true });
    from?.scrollIntoView({ block: "nearest" });
  } catch {
    location.href = link.href;
  } finally {
    pane.removeAttribute("aria-busy");
  }
}

export function closePane() {
  const pane = document.getElementById("pane");
  if (!pane || pane.hidden) return;
  pane.hidden = true;
  delete pane.dataset.href;
  pane.closest("[data-beside]").classList.remove("is-open");
  document.querySelector("tr.is-at .row-title")?.focus();
}

export function markRow(row) {
  document.querySelectorAll("tr.is-at, [data-walk].is-at").forEach((other) => other.classList.remove("is-at"));
  row?.classList.add("is-at");
}
