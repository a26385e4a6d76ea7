// The page that finds similar kommuner: reads the choice in the address, shows the neighbours, writes changes back.
import { element, fetched, labelled, option } from "./dom.js";
import { mapFile, mapOf } from "./map.js";
import { lower, nearestTo, standardised } from "./neighbours.js";
import { joined, number } from "./numbers.js";
import { findPlace, meantPlaces, placeRegister } from "./places.js";
import { compareLink, explained, kommunLink, neighbourTable } from "./similar.js";
import { HEAVIEST, readChoice, STEP, topicWeights, writeChoice } from "./weights.js";

const DATA = new URL("../liknande/data/", import.meta.url);

async function start(page) {
  const file = await fetched(new URL("bakgrund.json", DATA));
  const kommuner = standardised(file);
  const register = placeRegister(kommuner.map((one) => [one.code, one.name, one.slug]));
  const lists = new Map();
  const faults = element("div", { class: "verktygsfel", role: "alert" });
  const status = element("p", { class: "lage", role: "status" });
  const result = element("div", { class: "resultaten" });
  let choice = null;
  let onMap = false;
  let turn = 0;

  /** Return Kolada's groups in a topic, fetched once. */
  function koladaOf(topic) {
    const order = file.topics.indexOf(topic) + 1;
    if (!lists.has(order)) lists.set(order, fetched(new URL(`kolada-${order}.json`, DATA)).catch(() => ({ members: {} })));
    return lists.get(order);
  }

  function showFaults(found) {
    faults.replaceChildren(
      ...found.map(({ text, near }) => {
        const offers = near.map((one) =>
          element("button", { type: "button", class: "knapp", onclick: () => change({ ...choice, code: one.place }) }, one.name),
        );
        return element("p", {}, text, ...(offers.length ? [" Menade du ", ...offers, "?"] : []));
      }),
    );
  }

  function change(next, { quietly = false } = {}) {
    const address = `${location.pathname}${writeChoice(next, file)}`;
    // While a slider is moved, the address follows without a step of its own for Back.
    if (quietly) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
    showFaults([]);
    show(next);
  }

  const kommunInput = element("input", { id: "valj-kommun", list: "alla-kommuner", autocomplete: "off", spellcheck: "false" });
  const known = element("datalist", { id: "alla-kommuner" }, ...kommuner.map((one) => option(one.name, "")));
  const topicSelect = element("select", { id: "valj-amne" }, ...file.topics.map((one) => option(one.name, topicName(one))));
  const sliders = new Map(file.variables.map((variable) => [variable.id, slider(variable)]));

  function slider(variable) {
    const told = element("output", { for: `vikt-${variable.id}` });
    const range = element("input", { type: "range", id: `vikt-${variable.id}`, min: 0, max: HEAVIEST, step: STEP });
    const value = () => Number(range.value);
    range.addEventListener("input", () => {
      told.textContent = weightWords(value());
      range.setAttribute("aria-valuetext", weightWords(value()));
      change({ ...choice, weights: { ...choice.weights, [variable.id]: value() } }, { quietly: true });
    });
    const box = element("div", { class: "vikt" }, element("label", { for: range.id }, variable.name), range, told);
    return {
      box,
      show(weight) {
        range.value = String(weight);
        told.textContent = weightWords(weight);
        range.setAttribute("aria-valuetext", weightWords(weight));
      },
    };
  }

  function choose(event) {
    event?.preventDefault();
    const found = findPlace(register, kommunInput.value);
    if (found) return change({ ...choice, code: found.code });
    const near = meantPlaces(register, kommunInput.value).map((one) => ({ place: one.code, name: one.name }));
    const text = kommunInput.value.trim() ? `Det finns ingen kommun som heter ”${kommunInput.value.trim()}”.` : "Skriv en kommuns namn.";
    return showFaults([{ text, near }]);
  }

  topicSelect.addEventListener("change", () => {
    const topic = file.topics.find((one) => one.name === topicSelect.value);
    change({ ...choice, topic, weights: topicWeights(topic, file.variables) });
  });

  const form = element(
    "form",
    { class: "verktyg", "aria-label": "Välj kommun och vad som ska räknas", novalidate: true, onsubmit: choose },
    element(
      "fieldset",
      {},
      element("legend", {}, "Kommun och ämne"),
      element(
        "div",
        { class: "rad" },
        labelled("Kommun", kommunInput),
        element("button", { type: "submit", class: "knapp" }, "Visa liknande"),
        labelled("Ämne (vad kommunerna ska likna varandra i)", topicSelect),
      ),
      known,
    ),
    element(
      "details",
      { class: "vikter" },
      element("summary", {}, "Välj variabler och vikter själv"),
      element("p", {}, `Vikten 0 betyder att variabeln inte räknas. En variabel med vikten 2 räknas som två med vikten 1.`),
      element("div", { class: "vikterna" }, ...[...sliders.values()].map((one) => one.box)),
      element(
        "button",
        { type: "button", class: "knapp", onclick: () => change({ ...choice, weights: topicWeights(choice.topic, file.variables) }) },
        "Återställ ämnets vikter",
      ),
    ),
  );

  async function show(next) {
    choice = next;
    turn += 1;
    const mine = turn;
    topicSelect.value = next.topic.name;
    for (const [id, one] of sliders) one.show(next.weights[id]);
    const own = kommuner.find((one) => one.code === next.code);
    if (!own) {
      result.replaceChildren();
      status.textContent = "Välj en kommun.";
      return;
    }
    kommunInput.value = own.name;
    const kolada = await koladaOf(next.topic);
    if (mine !== turn) return;
    const found = nearestTo(own.code, kommuner, file.variables, next.weights).slice(0, file.count);
    if (!found.length) {
      result.replaceChildren();
      status.textContent = Object.values(next.weights).some((weight) => weight > 0)
        ? `Uppgifter saknas för ${own.name} i någon av variablerna. Välj andra variabler.`
        : "Ge minst en variabel en vikt som är större än noll.";
      return;
    }
    status.textContent = `${own.name} liknar mest ${joined(found.map((one) => one.kommun.name))}.`;
    document.title = `Kommuner som liknar ${own.name} – Lägesbild`;
    const listed = kolada.members[own.code] ?? null;
    const map = element("div", { hidden: !onMap });
    const list = element("div", { hidden: onMap }, neighbourTable(own, found, listed, kolada.drawn, file));
    result.replaceChildren(
      element("h2", {}, `Kommuner som liknar ${own.name}`),
      element("p", {}, compareLink(own, found, next.indicators)),
      switchOf(list, map, () => drawMap(map, own, found)),
      list,
      map,
      explained(file),
    );
    if (onMap) drawMap(map, own, found);
  }

  /** Return the choice between list and map. */
  function switchOf(list, map, draw) {
    const radio = (id, text, wanted) => {
      const control = element("input", { type: "radio", name: "visa", id, checked: onMap === wanted });
      control.addEventListener("change", () => {
        onMap = wanted;
        list.hidden = wanted;
        map.hidden = !wanted;
        if (wanted) draw();
      });
      return element("label", { for: id }, control, ` ${text}`);
    };
    return element("fieldset", { class: "visa verktyg" }, element("legend", {}, "Visa som"), radio("visa-lista", "lista", false), radio("visa-karta", "karta", true));
  }

  async function drawMap(place, own, found) {
    try {
      const outlines = await mapFile();
      const marks = new Map([...found.map((one, n) => [one.kommun.code, String(n + 1)]), [own.code, ""]]);
      const names = joined(found.map((one) => one.kommun.name));
      place.replaceChildren(
        mapOf(outlines, marks, `Karta över Sveriges kommuner. ${own.name} och de mest lika: ${names}.`),
        legend(own, found),
      );
    } catch (error) {
      place.replaceChildren(element("p", { role: "alert" }, error.message));
    }
  }

  function legend(own, found) {
    return element(
      "div",
      { class: "teckenforklaring" },
      element("p", {}, element("span", { class: "ring", "aria-hidden": "true" }), own.name),
      element("ol", {}, ...found.map((one) => element("li", {}, kommunLink(one.kommun)))),
    );
  }

  function showAddress() {
    const next = readChoice(location.search, register, file);
    showFaults(next.faults);
    show(next);
  }

  page.replaceChildren(...[form, faults, status, result]);
  if (file.synthetic) page.prepend(element("p", { class: "syntetisk" }, "Syntetiska data: bakgrundsvariablerna är påhittade."));
  window.addEventListener("popstate", showAddress);
  showAddress();
}

function topicName(topic) {
  const name = topic.name.charAt(0).toLocaleUpperCase("sv") + topic.name.slice(1);
  const areas = topic.areas.map(lower);
  return areas.length ? `${name} (används för ${joined(areas)})` : name;
}

function weightWords(weight) {
  return weight === 0 ? "räknas inte" : number(weight, Number.isInteger(weight) ? 0 : 1);
}

const page = document.getElementById("liknande");
if (page) {
  start(page).catch((error) => {
    page.replaceChildren(element("p", { role: "alert" }, error.message));
  });
}
