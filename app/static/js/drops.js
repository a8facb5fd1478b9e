/* Files dropped into a frame, and a list of what was chosen with a way to take one out again. */
export function startDrops(root) {
  for (const zone of root.querySelectorAll("[data-drop]:not([data-ready])")) prepare(zone);
}

function prepare(zone) {
  zone.dataset.ready = "";
  const input = zone.querySelector("input[type=file]");
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
  const add = (more) => set(input.multiple ? [...files, ...more.filter((file) => !files.some((old) => same(old, file)))] : more.slice(-1));
  input.addEventListener("change", () => add([...input.files]));
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

function same(one, other) {
  return one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
}

function size(bytes) {
  const english = document.documentElement.lang === "en";
  const text = bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
  return english ? text : text.replace(".", ",");
}
