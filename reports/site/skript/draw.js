// Vega: fetched when the first chart is drawn, and run without making code of texts (`ast`), which the site forbids.
import { element, fetched } from "./dom.js";

const LIBRARY = new URL("vega.js", import.meta.url);
const CHARTS = new URL("../jamfor/data/diagram.json", import.meta.url);
export const EXPORT_WIDTH = 860;

/** Vega warns of an extent without end where no interval is known; only faults are worth a line in the console. */
const LOG_ERRORS = 1;

let library = null;
let charts = null;

/** Return the site's charts, looks and locales. */
export function chartsFile() {
  charts ??= fetched(CHARTS);
  return charts;
}

/** Return Vega's way in. */
function embedder() {
  library ??= new Promise((resolve, reject) => {
    const script = element("script", { src: LIBRARY.href });
    script.addEventListener("load", () => resolve(window.vegaEmbed));
    script.addEventListener("error", () => reject(new Error("Diagrammet kunde inte hämtas. Tabellen visar samma uppgifter.")));
    document.head.append(script);
  });
  return library;
}

/** Return whether the page is dark, whatever made it so: the chart has its ground. */
export function isDark() {
  const [red, green, blue, opaque = 1] = getComputedStyle(document.body).backgroundColor.match(/[\d.]+/g).map(Number);
  return opaque > 0 && red + green + blue < 3 * 128;
}

/** Draw a chart into an element that tells in words what it shows; returns what frees it again. */
export async function drawInto(place, spec) {
  const file = await chartsFile();
  const embed = await embedder();
  // Vega gives the element that it draws in a role and an English name.
  const inner = element("div", { "aria-hidden": "true" });
  place.replaceChildren(inner);
  const drawn = await embed(inner, spec, settings(file));
  return () => drawn.finalize();
}

/** Return a chart as the text of an SVG file or the address of a PNG, on white. */
export async function pictureOf(spec, kind) {
  const file = await chartsFile();
  const embed = await embedder();
  const drawn = await embed(element("div"), { ...spec, background: "white", padding: 16 }, settings(file));
  try {
    return kind === "svg" ? await drawn.view.toSVG() : await drawn.view.toImageURL("png", 2);
  } finally {
    drawn.finalize();
  }
}

function settings(file) {
  return {
    mode: "vega-lite",
    renderer: "svg",
    ast: true,
    logLevel: LOG_ERRORS,
    actions: false,
    defaultStyle: false,
    tooltip: false,
    formatLocale: file.numbers,
    timeFormatLocale: file.times,
  };
}
