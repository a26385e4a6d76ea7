// The table of an indicator: a row a place, a column a year.
import { element } from "./dom.js";
import { boundsText, cellText } from "./notes.js";

/** Return the table in a box that scrolls where the screen is narrow. */
export function tableOf(file, rows, words) {
  const years = rows[0].cells.map((one) => one.year);
  const caption = `${file.title}${file.unit ? ` (${file.unit})` : ""}`;
  const head = element("tr", {}, element("th", { scope: "col" }, "Plats"), ...years.map(yearHead));
  const body = rows.map((row) =>
    element("tr", {}, element("th", { scope: "row" }, placeOf(row.place)), ...row.cells.map((one) => cellOf(file, one, words))),
  );
  const table = element(
    "table",
    { class: "table" },
    // The heading above says the same to those who see it.
    element("caption", { class: "dold" }, caption),
    element("thead", {}, head),
    element("tbody", {}, ...body),
  );
  return element("div", { class: "table-responsive", role: "region", "aria-label": `Tabell: ${caption}`, tabindex: "0" }, table);
}

/** Return a place's name; a kommun's leads to its page. */
function placeOf(place) {
  return place.slug ? element("a", { href: new URL(`../kommuner/${place.slug}/`, import.meta.url).href }, place.name) : place.name;
}

function yearHead(year) {
  return element("th", { scope: "col", class: "tal" }, String(year));
}

function cellOf(file, one, words) {
  const bounds = boundsText(file, one);
  const missing = one.mark ? element("span", { class: "dampad", title: words.marks[one.mark].meaning }) : null;
  const text = cellText(file, one, words);
  if (missing) {
    missing.append(text);
    return element("td", { class: "tal" }, missing);
  }
  return element("td", { class: "tal" }, text, bounds ? element("span", { class: "intervall" }, bounds) : null);
}
