/* Evidence opens over the page it stands on: Esc goes back, the arrows lead through the files of the same list.
   Without script, or with a modifier key, the link leads to the same page as a page of its own. */
export function startViewer() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-view]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(link);
  });
}

const words = () => (document.documentElement.lang === "en"
  ? { close: "Close", before: "Previous file", next: "Next file", of: "of" }
  : { close: "Đóng", before: "Tệp trước", next: "Tệp sau", of: "trên" });

function open(link) {
  const all = neighbours(link);
  const dialog = document.createElement("dialog");
  const opener = link.matches(".thumb") ? neighbours(link).find((one) => one.href === link.href) ?? link : link;
  let at = all.findIndex((one) => one.href === link.href);
  const said = words();
  dialog.className = "viewer";
  dialog.innerHTML = `<div class="viewer-tools"><button type="button" class="btn" data-step="-1"></button><span role="status"></span><button type="button" class="btn" data-step="1"></button><button type="button" class="btn" data-shut></button></div><div class="viewer-body" tabindex="0"></div>`;
  const [before, next] = dialog.querySelectorAll("[data-step]");
  label(before, "‹", said.before);
  label(next, "›", said.next);
  dialog.querySelector("[data-shut]").textContent = `${said.close} (Esc)`;
  const body = dialog.querySelector(".viewer-body");
  const show = async (index) => {
    at = index;
    const wanted = all[at].href;
    before.hidden = next.hidden = all.length < 2;
    before.disabled = at === 0;
    next.disabled = at === all.length - 1;
    dialog.querySelector("[role=status]").textContent = all.length > 1 ? `${at + 1} ${said.of} ${all.length}` : "";
    dialog.setAttribute("aria-label", all[at].textContent.trim() || link.textContent.trim());
    body.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(wanted, { headers: { "HX-Target": "pane" }, credentials: "same-origin" });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (all[at].href !== wanted) return;
      for (const heading of page.querySelectorAll("h1")) heading.replaceWith(Object.assign(page.createElement("h2"), { className: heading.className, textContent: heading.textContent }));
      body.replaceChildren(...page.body.childNodes);
      body.scrollTop = 0;
      body.focus();
    } catch {
      location.href = wanted;
    } finally {
      body.removeAttribute("aria-busy");
    }
  };
  const step = (by) => { if (all[at + by]) show(at + by); };
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-shut]")) dialog.close();
    const button = event.target.closest("[data-step]");
    if (button) step(Number(button.dataset.step));
  });
  dialog.addEventListener("keydown", (event) => {
    /* Letters belong to the page behind, which waits. */
    event.stopPropagation();
    if (event.key === "ArrowLeft") step(-1);
    if (event.key === "ArrowRight") step(1);
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    opener?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  show(at);
}

/* A sign, and the word for it where there is room; the word is always the button's name. */
function label(button, sign, word) {
  const text = Object.assign(document.createElement("span"), { className: "word", textContent: ` ${word}` });
  button.setAttribute("aria-label", word);
  button.append(sign, text);
}

/* The files of the list in which a link stands, each once. */
function neighbours(link) {
  const found = [...(link.closest("ul") ?? link.parentElement).querySelectorAll("a[data-view]:not(.thumb)")];
  return found.some((one) => one.href === link.href) ? found : [link];
}
