/* Vietnamese without tones, for finding: «máy tính bảng» and «may tinh bang» fold alike. Same rule as app/text.py. */
export function fold(text) {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replace(/\s+/g, " ").trim();
}

/* Whether every word typed begins a word of the text. Both already folded. */
export function matches(typed, text) {
  return typed === "" || typed.split(" ").every((word) => ` ${text}`.includes(` ${word}`)) || text.includes(typed);
}
