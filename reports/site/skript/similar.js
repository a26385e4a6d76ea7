// What is told of a kommun's neighbours: a table with values and reasons, and a link that compares them.
import { element } from "./dom.js";
import { lower, reason } from "./neighbours.js";
import { joined, number } from "./numbers.js";

const TOP = new URL("../", import.meta.url);
/** One's own and so many more can be compared at once. */
const COMPARED = 5;

/** Return the link that compares a kommun with its nearest neighbours, in the indicators that were asked for. */
export function compareLink(own, found, indicators) {
  const codes = [own.code, ...found.slice(0, COMPARED).map((one) => one.kommun.code)];
  const address = new URL("jamfor/", TOP);
  const asked = indicators ? `&indikator=${indicators.split(",").map(encodeURIComponent).join(",")}` : "";
  return element("a", { href: `${address.href}?plats=${codes.join(",")}${asked}` }, `Jämför ${own.name} med de fem som är mest lika`);
}

/** Return the neighbours with distance, reason, and the values that they differ in. */
export function neighbourTable(own, found, listed, drawn, file) {
  const variables = found[0].differences.map((one) => one.variable);
  const heads = ["Kommun", "Avstånd", "Varför", ...(listed ? [`I Koladas grupp ${drawn}`] : []), ...variables.map((one) => `${one.name}, ${one.unit}`)];
  const value = (one, variable) => (one === null ? "saknas" : number(one, variable.decimals));
  const first = found[0].differences;
  const ownRow = element(
    "tr",
    { class: "egen" },
    element("th", { scope: "row" }, kommunLink(own)),
    element("td", { class: "tal" }, "–"),
    element("td", {}, "–"),
    listed ? element("td", {}, "–") : null,
    ...first.map((one) => element("td", { class: "tal" }, value(one.own, one.variable))),
  );
  const rows = found.map((one) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, kommunLink(one.kommun)),
      element("td", { class: "tal" }, number(one.distance, 2)),
      element("td", { class: "varfor" }, reason(one)),
      listed ? element("td", {}, listed.includes(one.kommun.code) ? "ja" : "nej") : null,
      ...one.differences.map((difference) =>
        element(
          "td",
          { class: "tal" },
          value(difference.other, difference.variable),
          difference.share === null ? null : element("span", { class: "intervall" }, `${number(100 * difference.share, 0)}\u00a0% av skillnaden`),
        ),
      ),
    ),
  );
  const caption = `De ${found.length === 7 ? "sju" : found.length} kommuner som liknar ${own.name} mest${file.synthetic ? " (syntetiska data)" : ""}`;
  const table = element(
    "table",
    { class: "table" },
    element("caption", {}, caption),
    element("thead", {}, element("tr", {}, ...heads.map((head, n) => element("th", { scope: "col", class: n === 1 || n > heads.length - 1 - variables.length ? "tal" : null }, head)))),
    element("tbody", {}, ownRow, ...rows),
  );
  return element("div", { class: "table-responsive", role: "region", "aria-label": caption, tabindex: "0" }, table);
}

/** Return a kommun's name as a link to its page. */
export function kommunLink(kommun) {
  return element("a", { href: new URL(`kommuner/${kommun.slug}/`, TOP).href }, kommun.name);
}

/** Return how the distance is reckoned. */
export function explained(file) {
  const logs = file.variables.filter((one) => one.log).map((one) => lower(one.name));
  return element(
    "p",
    { class: "dampad" },
    `Avståndet är roten ur den vägda summan av de kvadrerade skillnaderna, räknade i standardavvikelser. Ett litet avstånd betyder att kommunerna är lika. ${joined(logs).replace(/^./, (letter) => letter.toLocaleUpperCase("sv"))} jämförs på logaritmisk skala. Andelen av skillnaden visar hur mycket av avståndet som variabeln står för. Den som liknas behöver inte ha kommunen bland sina egna sju. Källa: ${file.source}.`,
  );
}
