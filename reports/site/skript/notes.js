// What stands under a chart in words: what is missing and why, how larger places are formed, what the bounds are.
import { axisNote } from "./axis.js";
import { withBounds } from "./chart.js";
import { interval, joined, number, yearsInWords } from "./numbers.js";
import { isAnswer } from "./series.js";

/** Return the notes of an indicator's rows, a sentence or two each. */
export function notesOf(file, rows, words, choice, ends) {
  return [
    ...resting(file, choice),
    ...missing(rows, words),
    ...formed(file, rows, words),
    ...(ends ? [axisNote(file.scale, ends)] : []),
    rows.some((row) => row.cells.some((one) => one.upper !== null)) ? bounds(file, rows) : "",
  ].filter(Boolean);
}

function bounds(file, rows) {
  const where = withBounds(file, rows) ? "Strecken i diagrammet och talen" : "Talen";
  const left = !withBounds(file, rows) && !isAnswer(file) ? ` I diagrammet ritas de när högst tre platser är valda.` : "";
  return `${where} på andra raden i tabellen är 95 procents konfidensintervall. De visas där de kan beräknas.${left}`;
}

function resting(file, { first, last }) {
  const inside = (year) => year >= first && year <= last;
  const not = file.unmeasured.filter(inside);
  const years = Array.from({ length: last - first + 1 }, (_, n) => first + n);
  const absent = years.filter((year) => !file.years.includes(year) && !file.unmeasured.includes(year));
  return [
    not.length ? `Indikatorn mättes inte ${yearsInWords(not)}.` : "",
    absent.length ? `Uppgifter saknas i källan för ${yearsInWords(absent)}.` : "",
  ];
}

/** Return a sentence for each mark that stands in the rows: what it means, and where it stands. */
function missing(rows, words) {
  return Object.entries(words.marks).flatMap(([mark, { text, meaning }]) => {
    const where = rows.flatMap((row) => {
      const years = row.cells.filter((one) => one.mark === mark).map((one) => one.year);
      return years.length ? [`${row.place.name} ${yearsInWords(years)}`] : [];
    });
    return where.length ? [`”${text}” betyder att ${meaning}: ${where.join("; ")}.`] : [];
  });
}

/** Return how the figures of riket, län and kommungrupper are formed, where any is among the rows. */
function formed(file, rows, words) {
  const larger = [...new Set(rows.map((row) => row.place.level))].filter((level) => level !== "kommun");
  if (!larger.length) return [];
  if (isAnswer(file)) return ["För riket, län och kommungrupper visas hur många procent av kommunerna som har svarat ja."];
  return larger.flatMap((level) => {
    const cells = rows.find((row) => row.place.level === level).cells.filter((one) => one.way);
    const ways = [...new Set(cells.map((one) => one.way))];
    if (!ways.length) return [];
    const told = ways.map((way) => {
      const years = cells.filter((one) => one.way === way).map((one) => one.year);
      return ways.length > 1 ? `${yearsInWords(years)} ${words.weightings[way]}` : words.weightings[way];
    });
    const name = words.levels[level];
    return [`Värdet för ${name} är ${joined(told)}.${ways.length > 1 ? " Linjen bryts där beräkningen ändras." : ""}`];
  });
}

/** Return what a chart must say for itself where it is seen without the page. */
export function pictureNote(file, rows, { ends }) {
  if (!isAnswer(file)) return axisNote(file.scale, ends);
  return rows.some((row) => row.place.level !== "kommun") ? "För riket, län och kommungrupper: andel av kommunerna som har svarat ja." : "";
}

/** Return one cell as text: number, answer, or mark. */
export function cellText(file, one, words) {
  if (one.answer) return `${words.answers[one.answer].symbol} ${words.answers[one.answer].text}`;
  if (one.value === null) return words.marks[one.mark].text;
  const text = number(one.value, file.decimals);
  return isAnswer(file) ? `${text}\u00a0%` : text;
}

/** Return one cell's bounds as text; empty where it has none. */
export function boundsText(file, one) {
  return one.value === null || one.upper === null ? "" : interval(one.lower, one.upper, file.decimals);
}

/** Return the chart in words, for those who don't see it. */
export function chartWords(file, rows, words) {
  const told = rows.map((row) => {
    const known = row.cells.filter((one) => one.value !== null || one.answer);
    if (!known.length) return `${row.place.name}: inget resultat`;
    const [first, last] = [known[0], known.at(-1)];
    if (first === last) return `${row.place.name}: ${cellText(file, first, words)} ${first.year}`;
    return `${row.place.name}: ${cellText(file, first, words)} ${first.year} och ${cellText(file, last, words)} ${last.year}`;
  });
  return `Diagram över ${file.title}${file.unit ? `, ${file.unit}` : ""}. ${told.join(". ")}.`;
}
