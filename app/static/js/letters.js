/* How many letters a field with a limit holds, told as the limit comes near: nothing is cut, the server refuses what is longer.
   Counted as the server counts: one letter for each as it is written, line ends as one, blanks at the ends left out. */
const english = document.documentElement.lang === "en";
const NEAR = 0.8;

export function startLetters(root) {
  for (const field of root.querySelectorAll("[data-most]:not([data-counted])")) {
    field.dataset.counted = "";
    const most = Number(field.dataset.most);
    const told = document.createElement("span");
    told.className = "day-read letters";
    told.hidden = true;
    field.after(told);
    const tell = () => {
      /* Counting a long text at each key costs: far below its limit none is told. */
      const count = field.value.length < most * NEAR ? 0 : lettersOf(field.value);
      const over = count > most;
      told.hidden = count < most * NEAR;
      told.classList.toggle("is-bad", over);
      /* Only what must be mended is read aloud: a number after each key would drown what is typed. */
      told.setAttribute("aria-live", over ? "polite" : "off");
      told.textContent = told.hidden ? "" : say(count, most);
    };
    field.addEventListener("input", tell);
    tell();
  }
}

export function lettersOf(text) {
  return [...text.replace(/\r\n?/g, "\n").trim().normalize("NFC")].length;
}

function say(count, most) {
  const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, english ? "," : ".");
  const held = `${grouped(count)}/${grouped(most)}`;
  if (count <= most) return english ? `${held} letters` : `${held} ký tự`;
  return english ? `${held} letters: ${grouped(count - most)} too many` : `${held} ký tự: hãy bớt ${grouped(count - most)}`;
}
