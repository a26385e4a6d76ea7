// What can be taken along: the chosen figures as CSV, a chart as SVG or PNG.
import { element } from "./dom.js";

const COLUMNS = ["indicator", "title", "unit", "year", "region", "region_name", "value", "answer", "status", "lower", "upper", "weighting", "source"];
/** What a spreadsheet takes for the beginning of a formula; the same as in the open data. */
const FORMULA = /^[=+\-@\t\n]/;

/** Return a text that no spreadsheet computes. */
function harmless(text) {
  const plain = text.replace(/\r\n?/g, "\n");
  return FORMULA.test(plain) ? `'${plain}` : plain;
}

function field(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = harmless(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Return the shown figures as CSV, in columns of the open data: comma, decimal point, and a mark that Excel reads. */
export function csvOf(shown, words) {
  const lines = shown.flatMap(({ file, rows }) =>
    rows.flatMap(({ place, cells }) =>
      cells.map((one) =>
        [
          file.id, file.title, file.unit, one.year, place.code, place.name, one.value,
          one.answer ? words.answers[one.answer].text : null,
          one.mark ? words.marks[one.mark].status : "ok",
          one.value === null ? null : one.lower, one.value === null ? null : one.upper,
          one.value === null || place.level === "kommun" ? null : one.way, file.source,
        ].map(field).join(","),
      ),
    ),
  );
  return `\ufeff${[COLUMNS.join(","), ...lines].join("\n")}\n`;
}

/** Return the name of a file that is taken along. */
export function fileName(id, { first, last }, ending) {
  const years = first === last ? first : `${first}-${last}`;
  return `lagesbild-${id}-${years}.${ending}`;
}

/** Let the browser save a file. */
export function save(name, content, type) {
  const address = typeof content === "string" && content.startsWith("data:") ? content : URL.createObjectURL(new Blob([content], { type }));
  const link = element("a", { href: address, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  if (address.startsWith("blob:")) setTimeout(() => URL.revokeObjectURL(address), 10000);
}
