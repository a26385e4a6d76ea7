// The places that can be compared, and how one is found by its code or name.
import { simplified, nearest } from "./likeness.js";

/** Return the kind of place that a code belongs to. */
function levelOf(code) {
  if (code === "0000") return "rike";
  if (/^\d{2}$/.test(code)) return "lan";
  return /^\d{4}$/.test(code) ? "kommun" : "kommungrupp";
}

/** Return the places of the file `platser.json`, with what is needed to look one up. */
export function placeRegister(entries) {
  const places = entries.map(([code, name, slug], number) => ({ code, name, slug, number, level: levelOf(code) }));
  const byCode = new Map(places.map((place) => [place.code, place]));
  const byName = new Map(places.map((place) => [simplified(place.name), place]));
  for (const place of places) {
    // "Stockholms län" is found as written; "A1" finds the kommungrupp "A1 Storstäder".
    if (!byName.has(simplified(place.code))) byName.set(simplified(place.code), place);
  }
  return { places, byCode, byName };
}

/** Return the place that a text names, or null. A code that lost its leading zero is found too. */
export function findPlace(register, text) {
  const bare = text.trim();
  const code = /^\d{3}$/.test(bare) ? bare.padStart(4, "0") : bare;
  return register.byCode.get(code) ?? register.byName.get(simplified(bare)) ?? null;
}

/** Return the places that a text may have meant, best first. */
export function meantPlaces(register, text) {
  const names = nearest(text, register.places.map((place) => place.name));
  return names.map((name) => register.byName.get(simplified(name)));
}
