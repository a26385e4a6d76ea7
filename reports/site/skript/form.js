// The form of the page that compares: native controls, each with its label.
import { MOST_INDICATORS, MOST_PLACES, tooMany } from "./address.js";
import { element, labelled, option } from "./dom.js";
import { findPlace, meantPlaces } from "./places.js";

/**
 * Return the form and what shows a choice in it.
 *
 * `change` is called with a new choice, `fault` with what was wrong with what the reader wrote.
 */
export function formOf({ index, register, titles, change, fault }) {
  let choice = null;

  const places = element("ul", { class: "valda" });
  const placeInput = element("input", { id: "valj-plats", list: "alla-platser", autocomplete: "off", spellcheck: "false" });
  const known = element("datalist", { id: "alla-platser" }, ...register.places.map((one) => option(one.name, "")));

  function addPlace() {
    const text = placeInput.value;
    if (!text.trim()) return fault([{ text: "Skriv namnet på en kommun, ett län eller en kommungrupp.", near: [] }]);
    const place = findPlace(register, text);
    if (!place) {
      const near = meantPlaces(register, text).map((one) => ({ place: one.code, name: one.name }));
      return fault([{ text: `Det finns ingen kommun, inget län och ingen grupp som heter ”${text.trim()}”.`, near }]);
    }
    if (choice.places.includes(place.code)) return fault([{ text: `${place.name} är redan vald.`, near: [] }]);
    if (choice.places.length >= MOST_PLACES) return fault([{ text: tooMany([place.name]), near: [] }]);
    placeInput.value = "";
    return change({ ...choice, places: [...choice.places, place.code] });
  }

  const area = element("select", { id: "valj-omrade" }, ...index.areas.map((one) => option(one.id, one.name)));
  const indicator = element("select", { id: "valj-indikator" });
  const indicators = element("ul", { class: "valda" });

  function listIndicators() {
    const chosen = index.areas.find((one) => one.id === area.value);
    indicator.replaceChildren(...chosen.indicators.map(([id, title]) => option(id, title)));
  }
  let touched = false;
  area.addEventListener("change", () => {
    touched = true;
    listIndicators();
  });
  listIndicators();

  /** Begin with the area of what is chosen already. */
  function areaOfChosen(ids) {
    const chosen = index.areas.find((one) => one.indicators.some(([id]) => ids.includes(id)));
    if (touched || !chosen || chosen.id === area.value) return;
    area.value = chosen.id;
    listIndicators();
  }

  function addIndicator() {
    const id = indicator.value;
    if (choice.indicators.includes(id)) return fault([{ text: `”${titles.get(id)}” är redan vald.`, near: [] }]);
    if (choice.indicators.length >= MOST_INDICATORS) {
      return fault([{ text: `Högst ${MOST_INDICATORS} indikatorer kan visas på en gång. Ta bort en om du vill lägga till en annan.`, near: [] }]);
    }
    return change({ ...choice, indicators: [...choice.indicators, id] });
  }

  const first = element("select", { id: "valj-fran" }, ...index.years.map((year) => option(year, String(year))));
  const last = element("select", { id: "valj-till" }, ...index.years.map((year) => option(year, String(year))));
  for (const control of [first, last]) {
    control.addEventListener("change", () => {
      const years = [Number(first.value), Number(last.value)].sort((a, b) => a - b);
      change({ ...choice, first: years[0], last: years[1] });
    });
  }

  const form = element(
    "form",
    { class: "verktyg", "aria-label": "Välj vad som ska jämföras", novalidate: true },
    element(
      "fieldset",
      {},
      element("legend", {}, "Kommuner, län och grupper"),
      element("div", { class: "rad" }, labelled("Kommun, län, kommungrupp eller riket (högst sex)", placeInput), adder("Lägg till plats", addPlace)),
      known,
      places,
    ),
    element(
      "fieldset",
      {},
      element("legend", {}, "Indikatorer"),
      element("div", { class: "rad" }, labelled("Område", area), labelled("Indikator", indicator), adder("Lägg till indikator", addIndicator)),
      indicators,
    ),
    element("fieldset", {}, element("legend", {}, "År"), element("div", { class: "rad" }, labelled("Från", first), labelled("Till", last))),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    addPlace();
  });

  function show(next) {
    choice = next;
    places.replaceChildren(
      ...next.places.map((code) => {
        const rest = { ...next, places: next.places.filter((one) => one !== code) };
        return chosenItem(register.byCode.get(code).name, () => change(rest), placeInput);
      }),
    );
    indicators.replaceChildren(
      ...next.indicators.map((id) => {
        const rest = { ...next, indicators: next.indicators.filter((one) => one !== id) };
        return chosenItem(titles.get(id), () => change(rest), indicator);
      }),
    );
    areaOfChosen(next.indicators);
    first.value = String(next.first);
    last.value = String(next.last);
  }

  return { form, show };
}

function adder(text, added) {
  return element("button", { type: "button", class: "knapp", onclick: added }, text);
}

/** Return what has been chosen, with a button that takes it away and then moves the focus to where one adds another. */
function chosenItem(name, removed, focused) {
  const button = element("button", { type: "button", "aria-label": `Ta bort ${name}` }, "Ta bort");
  button.addEventListener("click", () => {
    removed();
    focused.focus();
  });
  return element("li", {}, element("span", {}, name), button);
}
