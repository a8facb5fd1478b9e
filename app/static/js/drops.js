import { Sender, size } from "./uploads.js";

/* Limits that the server keeps as well (services/files.py, factory.py): what is too large is not even sent. */
export const MOST = 25 * 1048576;
const TOGETHER = 100 * 1048576;

/* Files dropped into a frame, and a list of what was chosen with a way to take one out again. */
export function startDrops(root) {
  for (const zone of root.querySelectorAll("[data-drop]:not([data-ready])")) prepare(zone);
}

function prepare(zone) {
  zone.dataset.ready = "";
  const input = zone.querySelector("input[type=file]");
  const sender = zone.dataset.upload ? new Sender(zone, input) : null;
  let files = [];
  const show = () => {
    const list = zone.querySelector("[data-drop-list]");
    list.replaceChildren(...files.map((file, index) => line(file, index)));
  };
  const line = (file, index) => {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const remove = document.createElement("button");
    name.textContent = `${file.name} (${size(file.size)})`;
    remove.type = "button";
    remove.textContent = "✕";
    remove.setAttribute("aria-label", `${zone.querySelector("[data-drop-list]").dataset.remove}: ${file.name}`);
    remove.addEventListener("click", () => {
      set(files.filter((_, other) => other !== index));
      input.focus();
    });
    item.append(name, remove);
    return item;
  };
  const set = (next) => {
    const transfer = new DataTransfer();
    for (const file of next) transfer.items.add(file);
    input.files = transfer.files;
    files = next;
    show();
  };
  const add = (more) => {
    if (sender) {
      /* What is sent at once is not sent again with the form; each file has its own limit, all have the day's. */
      input.value = "";
      sender.add(more.filter((file) => file.size <= MOST));
      return tell(zone, more.filter((file) => file.size > MOST).map(tooLarge));
    }
    const fresh = more.filter((file) => file.size <= MOST && !files.some((old) => same(old, file)));
    const next = input.multiple ? [...files, ...fresh] : fresh.slice(-1).concat(files).slice(0, 1);
    const fits = next.filter((_, index) => weight(next.slice(0, index + 1)) <= TOGETHER);
    set(fits);
    tell(zone, [...more.filter((file) => file.size > MOST).map(tooLarge), ...(fits.length < next.length ? [tooMany()] : [])]);
  };
  input.addEventListener("change", () => add([...input.files]));
  zone.querySelector("[data-camera]")?.addEventListener("change", (event) => {
    add([...event.target.files]);
    event.target.value = "";
  });
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("is-over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("is-over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("is-over");
    add([...event.dataTransfer.files]);
  });
}

/* Says beside the field which files were not taken, and what to do. */
function tell(zone, faults) {
  let said = zone.querySelector("[data-drop-fault]");
  if (!said) {
    said = document.createElement("p");
    said.className = "field-error";
    said.dataset.dropFault = "";
    said.setAttribute("role", "alert");
    zone.append(said);
  }
  said.textContent = faults.join(" ");
  said.hidden = faults.length === 0;
}

function tooLarge(file) {
  const english = document.documentElement.lang === "en";
  return english
    ? `“${file.name}” (${size(file.size)}) is larger than 25 MB and was not taken. Compress or split it, then choose it again.`
    : `Tệp «${file.name}» (${size(file.size)}) lớn hơn 25 MB nên chưa được chọn. Hãy nén hoặc chia nhỏ tệp rồi chọn lại.`;
}

function tooMany() {
  return document.documentElement.lang === "en"
    ? "Together the files are larger than 100 MB; the last were not taken. Send them in several goes."
    : "Các tệp cộng lại quá 100 MB nên những tệp cuối chưa được chọn. Hãy gửi làm nhiều lần.";
}

function weight(files) {
  return files.reduce((sum, file) => sum + file.size, 0);
}

function same(one, other) {
  return one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
}
