// A map of the kommuner: one's own and its neighbours, with numbers, in Sweden and in the metropolitan areas enlarged.
import { element, fetched } from "./dom.js";

const MAP = new URL("../liknande/data/karta.json", import.meta.url);
const SVG = "http://www.w3.org/2000/svg";
let outlines = null;

/** Return the map's file, fetched once. */
export function mapFile() {
  outlines ??= fetched(MAP);
  return outlines;
}

function drawn(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/**
 * Return the maps.
 *
 * `marks` gives the sign of each kommun that stands out: "" for one's own, numbers for the others, nearest first.
 */
export function mapOf(file, marks, words) {
  // An enlarged part without anything that stands out would say nothing.
  const parts = file.parts.filter((part, n) => n === 0 || Object.keys(part.points).some((code) => marks.has(code)));
  return element("div", { class: "kartor", role: "img", "aria-label": words }, ...parts.map((part) => figureOf(part, marks)));
}

function figureOf(part, marks) {
  const picture = drawn("svg", { viewBox: `0 0 ${part.width} ${part.height}`, class: "karta", "aria-hidden": "true" });
  for (const [code, d] of Object.entries(part.paths)) {
    picture.append(drawn("path", { d, class: marks.has(code) ? kindOf(marks.get(code)) : "ovrig" }));
  }
  for (const [code, mark] of marks) if (part.points[code]) picture.append(signOf(part.points[code], mark, part));
  return element("figure", {}, picture, element("figcaption", {}, part.name));
}

function kindOf(mark) {
  return mark === "" ? "egen" : "nara";
}

/** Return a ring for one's own kommun, and a dot with its number for another. */
function signOf([x, y], mark, part) {
  // The enlarged parts are shown smaller, and their signs in proportion.
  const size = part.width > 120 ? 1 : 0.9;
  const sign = drawn("g", { class: `tecken ${kindOf(mark)}` });
  sign.append(drawn("circle", { cx: x, cy: y, r: 4.4 * size }));
  if (mark !== "") {
    const text = drawn("text", { x, y: y + 2.1 * size, "font-size": 6 * size, "text-anchor": "middle" });
    text.textContent = mark;
    sign.append(text);
  }
  return sign;
}
