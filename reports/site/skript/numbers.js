// Swedish numbers, rounded half-up on their decimal digits as the reports' are (presentation.numbers).

const THIN = "\u202f";
const MINUS = "\u2212";

/** Return a size rounded half-up: 33.15 becomes 33.2, though its binary value is a little less. */
function rounded(size, decimals) {
  const digits = String(size);
  return digits.includes("e") ? size : Number(`${Math.round(Number(`${digits}e${decimals}`))}e-${decimals}`);
}

/** Return a number with decimal comma, thin spaces between thousands and a real minus. */
export function number(value, decimals) {
  const size = rounded(Math.abs(value), decimals);
  const [whole, rest] = size.toFixed(decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, THIN);
  const text = rest ? `${grouped},${rest}` : grouped;
  return value < 0 && size > 0 ? MINUS + text : text;
}

/** Return an interval: "82,1–87,4", or "−3,0 till 2,0" where a minus would be lost beside a dash. */
export function interval(lower, upper, decimals) {
  const ends = [number(lower, decimals), number(upper, decimals)];
  return ends.join(ends.some((end) => end.startsWith(MINUS)) ? " till " : "–");
}

const WORDS = ["noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"];

/** Return a count with its noun: "en tabell", "tre tabeller", "13 tabeller". */
export function count(many, one, several, neuter = false) {
  const word = many === 1 && neuter ? "ett" : (WORDS[many] ?? String(many));
  return `${word} ${many === 1 ? one : several}`;
}

/** Return "a, b och c". */
export function joined(items, last = "och") {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} ${last} ${items.at(-1)}`;
}

/** Return years in words: runs of three or more are drawn together ("2016–2018 och 2021"). */
export function yearsInWords(years) {
  const runs = [];
  for (const year of years) {
    const run = runs.at(-1);
    if (run && year === run.at(-1) + 1) run.push(year);
    else runs.push([year]);
  }
  const parts = runs.flatMap((run) => (run.length > 2 ? [`${run[0]}–${run.at(-1)}`] : run.map(String)));
  return joined(parts);
}
