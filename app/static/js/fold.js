/* Vietnamese without tones, for finding: «máy tính bảng» and «may tinh bang» fold alike. Same rule as app/text.py. */
export function fold(text) {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replace(/\s+/g, " ").trim();
}

/* Whether every word typed begins a word of the text. Both already folded. */
export function matches(typed, text) {
  return typed === "" || typed.split(" ").every((word) => ` ${text}`.includes(` ${word}`)) || text.includes(typed);
}

/* The things in whose texts every word typed begins a word; only where there are none, those that have it inside a word: «huy» is no «Thủy». */
export function nearest(things, typed, textOf) {
  if (typed === "") return things;
  const begins = things.filter((thing) => {
    const text = ` ${textOf(thing).replace(/[^\p{L}\p{N}]+/gu, " ")} ${textOf(thing)}`;
    return typed.split(" ").every((word) => text.includes(` ${word}`));
  });
  return begins.length ? begins : things.filter((thing) => textOf(thing).includes(typed));
}

/* A text as nodes in which the words typed are marked: they begin words of it. Letters are folded one by one, so that places stay. */
export function marked(text, typed) {
  const folded = [...text.normalize("NFC")].map((letter) => fold(letter)[0] ?? " ").join("");
  const letters = [...text.normalize("NFC")];
  const spans = [];
  for (const word of fold(typed).split(" ").filter(Boolean)) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
      if (at === 0 || !/[\p{L}\p{N}]/u.test(folded[at - 1])) spans.push([at, at + word.length]);
    }
  }
  spans.sort((one, other) => one[0] - other[0]);
  const nodes = [];
  let end = 0;
  for (const [from, to] of spans) {
    if (from < end) continue;
    const mark = document.createElement("mark");
    mark.textContent = letters.slice(from, to).join("");
    nodes.push(letters.slice(end, from).join(""), mark);
    end = to;
  }
  return [...nodes, letters.slice(end).join("")];
}
