// The choice as it stands in the address: ?plats=1440,1480,0000&indikator=<id>,<id>&ar=2016-2024
import { nearest } from "./likeness.js";
import { findPlace, meantPlaces } from "./places.js";
import { count } from "./numbers.js";

export const MOST_PLACES = 6;
export const MOST_INDICATORS = 12;

/** Return the parts of a list in the address. */
export function listed(text) {
  return (text ?? "").split(",").map((part) => part.trim()).filter(Boolean);
}

/**
 * Return the choice that an address holds, and what was wrong with it.
 *
 * Each fault has `text`, and `near` (value and name) where something near is known.
 */
export function readAddress(search, register, indicators, years) {
  const query = new URLSearchParams(search);
  const faults = [];
  const [first, last] = readYears(query.get("ar"), years, faults);
  return {
    places: readPlaces(listed(query.get("plats")), register, faults),
    indicators: readIndicators(listed(query.get("indikator")), indicators, faults),
    first,
    last,
    faults,
  };
}

function readPlaces(texts, register, faults) {
  const found = [];
  const left = [];
  for (const text of texts) {
    const place = findPlace(register, text);
    if (!place) {
      const near = meantPlaces(register, text).map((one) => ({ place: one.code, name: one.name }));
      faults.push({ text: `Det finns ingen kommun, inget län och ingen grupp som heter ”${text}”.`, near });
    } else if (!found.includes(place.code)) {
      if (found.length < MOST_PLACES) found.push(place.code);
      else left.push(place.name);
    }
  }
  if (left.length) faults.push({ text: tooMany(left), near: [] });
  return found;
}

/** Return what is said when more places are asked for than a chart can tell apart. */
export function tooMany(names) {
  const most = count(MOST_PLACES, "plats", "platser");
  return `Högst ${most} kan jämföras på en gång, så ${names.join(", ")} är inte med. Ta bort en plats om du vill lägga till en annan.`;
}

function readIndicators(texts, indicators, faults) {
  const found = [];
  let left = 0;
  for (const text of texts) {
    if (!indicators.has(text)) {
      const ids = nearest(text, [...indicators.keys()], 2);
      const near = ids.map((id) => ({ indicator: id, name: indicators.get(id) }));
      faults.push({ text: `Det finns ingen indikator med beteckningen ”${text}”.`, near });
    } else if (!found.includes(text)) {
      if (found.length < MOST_INDICATORS) found.push(text);
      else left += 1;
    }
  }
  if (left) {
    const text = `Högst ${MOST_INDICATORS} indikatorer kan visas på en gång, så ${count(left, "indikator", "indikatorer")} är inte med.`;
    faults.push({ text, near: [] });
  }
  return found;
}

function readYears(text, years, faults) {
  const whole = [years[0], years.at(-1)];
  if (!text) return whole;
  const match = /^(\d{4})(?:-(\d{4}))?$/.exec(text.trim());
  if (!match) {
    faults.push({ text: `Åren ”${text}” kan inte läsas. Skriv till exempel ${whole[0]}-${whole[1]}.`, near: [] });
    return whole;
  }
  const wanted = [Number(match[1]), Number(match[2] ?? match[1])].sort((a, b) => a - b);
  const kept = wanted.map((year) => Math.min(Math.max(year, whole[0]), whole[1]));
  if (kept[0] !== wanted[0] || kept[1] !== wanted[1]) {
    faults.push({ text: `Uppgifterna gäller ${whole[0]}–${whole[1]}. År utanför dem är inte med.`, near: [] });
  }
  return kept;
}

/** Return the address of a choice, without what is as it is at first. */
export function writeAddress(choice, years) {
  const parts = [];
  if (choice.places.length) parts.push(`plats=${choice.places.join(",")}`);
  if (choice.indicators.length) parts.push(`indikator=${choice.indicators.map(encodeURIComponent).join(",")}`);
  const whole = choice.first === years[0] && choice.last === years.at(-1);
  if (!whole) parts.push(`ar=${choice.first === choice.last ? choice.first : `${choice.first}-${choice.last}`}`);
  return parts.length ? `?${parts.join("&")}` : "";
}
