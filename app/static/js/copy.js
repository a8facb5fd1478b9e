/* Copies the text behind a link, or the link itself, into the clipboard; where that cannot be done, the link opens. */
export function startCopy() {
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-copy]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      await put("copyLink" in link.dataset ? link.href : await textBehind(link));
      tell(link);
    } catch {
      location.assign(link.href);
    }
  });
}

async function textBehind(link) {
  const answer = await fetch(link.href, { headers: { Accept: "text/plain" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
}

/* The clipboard is closed to pages that came without TLS, as many offices serve them: there the old way remains. */
async function put(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (!done) throw new Error("copy");
}

function tell(link) {
  const words = link.querySelector("[data-copy-words]");
  const before = words.textContent;
  words.textContent = link.dataset.copy;
  setTimeout(() => { words.textContent = before; }, 3000);
}
