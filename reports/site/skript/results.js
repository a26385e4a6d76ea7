// What is shown of a choice: for each indicator a chart, what must be said of it, a table, and files to take along.
import { filling, completed } from "./chart.js";
import { element } from "./dom.js";
import { chartsFile, drawInto, EXPORT_WIDTH, isDark, pictureOf } from "./draw.js";
import { chartWords, notesOf, pictureNote } from "./notes.js";
import { fileName, save } from "./save.js";
import { tableOf } from "./table.js";

const PICTURES = { svg: "image/svg+xml", png: "image/png" };

/** Return the part of the page about one indicator, and a function that draws its chart anew. */
export function resultOf({ file, rows, words, choice, link }) {
  const heading = element("h3", { id: `resultat-${file.id}` }, element("a", { href: link }, file.title));
  const part = element("section", { class: "resultat", "aria-labelledby": heading.id }, heading);
  if (!rows[0].cells.length) {
    part.append(...notesOf(file, rows, words, choice, null).map((text) => element("p", {}, text)));
    return { part, draw: async () => {} };
  }
  const unit = [file.unit, file.synthetic ? "Syntetiska data" : ""].filter(Boolean).join(" · ");
  const place = element("div", { class: "diagram", role: "img", "aria-label": chartWords(file, rows, words) });
  const figure = element("figure", {}, element("figcaption", {}, unit ? `${capital(unit)}` : ""), place);
  const notes = element("ul", { class: "noter" });
  part.append(figure, notes, tableOf(file, rows, words), pictures(file, rows, words, choice));
  let free = null;

  async function draw() {
    const charts = await chartsFile();
    const width = Math.max(220, Math.floor(place.clientWidth));
    const filled = filling(file, rows, width, words);
    notes.replaceChildren(...notesOf(file, rows, words, choice, filled?.ends).map((text) => element("li", {}, text)));
    free?.();
    free = null;
    if (!filled) {
      place.replaceChildren(element("p", {}, "Ingen av platserna har något resultat att rita."));
      return;
    }
    const look = charts.looks[isDark() ? "dark" : "light"];
    try {
      free = await drawInto(place, completed(charts.charts, filled, look, width, undefined));
    } catch (error) {
      place.replaceChildren(element("p", {}, error.message));
    }
  }
  return { part, draw };
}

function capital(text) {
  return text.charAt(0).toLocaleUpperCase("sv") + text.slice(1);
}

/** Return the buttons that save the chart as a picture, with title, unit and source in it. */
function pictures(file, rows, words, choice) {
  const buttons = Object.entries(PICTURES).map(([kind, type]) =>
    element("button", { type: "button", class: "knapp", onclick: () => savePicture(kind, type) }, `Spara diagrammet (${kind.toUpperCase()})`),
  );
  const said = element("span", { role: "status" });

  async function savePicture(kind, type) {
    const charts = await chartsFile();
    const filled = filling(file, rows, EXPORT_WIDTH, words);
    if (!filled) {
      said.textContent = "Det finns inget diagram att spara.";
      return;
    }
    const title = {
      text: file.title,
      subtitle: [[file.unit, `Källa: ${file.source}`].filter(Boolean).map(capital).join(". "), pictureNote(file, rows, filled)].filter(Boolean),
      limit: EXPORT_WIDTH,
    };
    const spec = completed(charts.charts, filled, charts.looks.light, EXPORT_WIDTH, title);
    try {
      save(fileName(file.id, choice, kind), await pictureOf(spec, kind), type);
      said.textContent = "Bilden är sparad.";
    } catch (error) {
      said.textContent = error.message;
    }
  }

  return element("p", { class: "spara" }, ...buttons, said);
}
