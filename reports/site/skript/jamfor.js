// The page that compares: reads the choice in the address, shows it, and writes each change back.
import { MOST_PLACES, readAddress, writeAddress } from "./address.js";
import { element, fetched } from "./dom.js";
import { formOf } from "./form.js";
import { count, joined } from "./numbers.js";
import { placeRegister } from "./places.js";
import { resultOf } from "./results.js";
import { csvOf, fileName, save } from "./save.js";
import { series } from "./series.js";

const DATA = new URL("../jamfor/data/", import.meta.url);
const TOP = new URL("../", import.meta.url);
const WHOLE = "0000";
const files = new Map();

/** Return an indicator's file, fetched once. */
function fileOf(id) {
  if (!files.has(id)) files.set(id, fetched(new URL(`${encodeURIComponent(id)}.json`, DATA)));
  return files.get(id);
}

async function start(page) {
  const [index, words] = await Promise.all([fetched(new URL("index.json", DATA)), fetched(new URL("platser.json", DATA))]);
  const register = placeRegister(words.places);
  const titles = new Map(index.areas.flatMap((area) => area.indicators));
  const faults = element("div", { class: "verktygsfel", role: "alert" });
  const status = element("p", { class: "lage", role: "status" });
  const results = element("div", { class: "resultaten" });
  let shown = [];
  let turn = 0;

  function showFaults(list) {
    faults.replaceChildren(...list.map(faultOf));
  }

  function faultOf({ text, near }) {
    const offers = near.map((one) =>
      element("button", { type: "button", class: "knapp", onclick: () => take(one) }, one.name),
    );
    return element("p", {}, text, ...(offers.length ? [" Menade du ", ...offers, "?"] : []));
  }

  /** Take what was offered instead of what could not be found. */
  function take(one) {
    const now = read();
    const kept = one.place
      ? { ...now, places: [...now.places.filter((code) => code !== one.place), one.place].slice(0, MOST_PLACES) }
      : { ...now, indicators: [...now.indicators.filter((id) => id !== one.indicator), one.indicator] };
    change(kept);
  }

  function read() {
    return readAddress(location.search, register, titles, index.years);
  }

  /** A new choice becomes a new address, so that it can be shared and Back leads to the one before. */
  function change(choice) {
    history.pushState(null, "", `${location.pathname}${writeAddress(choice, index.years)}`);
    form.show(choice);
    showFaults([]);
    show(choice);
  }

  const form = formOf({ index, register, titles, change, fault: showFaults });

  async function show(choice) {
    turn += 1;
    const mine = turn;
    shown = [];
    if (!choice.places.length || !choice.indicators.length) {
      results.replaceChildren();
      status.textContent = choice.places.length || choice.indicators.length
        ? `Välj också minst en ${choice.places.length ? "indikator" : "plats"}.`
        : "Välj minst en plats och minst en indikator.";
      if (!choice.places.length && !choice.indicators.length) results.append(example());
      return;
    }
    status.textContent = "Hämtar uppgifter.";
    const places = choice.places.map((code) => register.byCode.get(code));
    let found;
    try {
      found = await Promise.all(choice.indicators.map(fileOf));
    } catch (error) {
      choice.indicators.forEach((id) => files.delete(id));
      status.textContent = error.message;
      return;
    }
    if (mine !== turn) return;
    shown = found.map((file) => ({ file, rows: series(file, places, choice.first, choice.last) }));
    const parts = shown.map(({ file, rows }) =>
      resultOf({ file, rows, words, choice, link: new URL(`indikatorer/${encodeURIComponent(file.id)}/`, TOP).href }),
    );
    results.replaceChildren(taken(choice), ...parts.map((one) => one.part));
    redraw = () => parts.forEach((one) => one.draw());
    status.textContent = said(choice, places, shown);
    document.title = `${joined(places.map((one) => one.name))} – Jämför – Lägesbild`;
    await Promise.all(parts.map((one) => one.draw()));
  }

  let redraw = () => {};

  function taken(choice) {
    const one = shown.length === 1 ? shown[0].file.id : "jamforelse";
    const button = element(
      "button",
      { type: "button", class: "knapp", onclick: () => save(fileName(one, choice, "csv"), csvOf(shown, words), "text/csv") },
      "Ladda ner uppgifterna (CSV)",
    );
    return element(
      "div",
      {},
      element("h2", {}, "Resultat"),
      element("p", {}, "Adressen i webbläsaren innehåller urvalet. Kopiera den om du vill dela jämförelsen."),
      element("p", { class: "spara" }, button),
    );
  }

  function example() {
    const ids = index.areas[0].indicators.map(([id]) => id);
    const id = ids.find((one) => one.includes("nojdhet")) ?? ids[0];
    const choice = { places: ["1440", "1480", WHOLE], indicators: [id], first: index.years[0], last: index.years.at(-1) };
    const address = writeAddress(choice, index.years);
    return element("p", {}, element("a", { href: address }, `Visa ett exempel: Ale, Göteborg och riket, ”${titles.get(id)}”`));
  }

  function showAddress() {
    const choice = read();
    // A link that names indicators alone shows the country, beside which others can be set.
    if (choice.indicators.length && !choice.places.length && !choice.faults.length) choice.places = [WHOLE];
    form.show(choice);
    showFaults(choice.faults);
    show(choice);
  }

  page.replaceChildren(form.form, faults, status, results);
  window.addEventListener("popstate", showAddress);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => redraw());
  onWidth(page, () => redraw());
  showAddress();
}

/** Call `changed` when an element has got another width, once it has come to rest. */
function onWidth(watched, changed) {
  let width = watched.clientWidth;
  let timer = 0;
  new ResizeObserver(() => {
    if (watched.clientWidth === width) return;
    width = watched.clientWidth;
    clearTimeout(timer);
    timer = setTimeout(changed, 150);
  }).observe(watched);
}

function said(choice, places, shown) {
  const years = choice.first === choice.last ? choice.first : `${choice.first}–${choice.last}`;
  const many = count(shown.length, "indikator", "indikatorer");
  // Inside a sentence the nation has no capital.
  const names = places.map((one) => (one.name === "Riket" ? "riket" : one.name));
  return `Visar ${many} för ${joined(names)}, ${years}. Varje indikator har ett diagram och en tabell.`;
}

const page = document.getElementById("jamfor");
if (page) {
  start(page).catch((error) => {
    page.replaceChildren(element("p", { role: "alert" }, error.message));
  });
}
