// The choice of the page that finds similar kommuner as it stands in the address:
// ?kommun=1440&amne=äldreomsorg&vikter=folkmangd:2,utbildning:1
import { findPlace, meantPlaces } from "./places.js";

const FIRST_TOPIC = "övergripande";
export const HEAVIEST = 5;
export const STEP = 0.5;

/** Return the weights of a topic, 0 for each variable that it leaves out. */
export function topicWeights(topic, variables) {
  return Object.fromEntries(variables.map(({ id }) => [id, topic.weights[id] ?? 0]));
}

/** Return whether two choices weigh everything the same. */
function sameWeights(one, other) {
  return Object.keys(one).every((id) => one[id] === other[id]);
}

/** Return the choice that an address holds, and what was wrong with it. */
export function readChoice(search, register, file) {
  const query = new URLSearchParams(search);
  const faults = [];
  const topic = topicOf(query.get("amne"), file.topics, faults);
  return {
    code: kommunOf(query.get("kommun"), register, faults),
    topic,
    weights: weightsOf(query.get("vikter"), topicWeights(topic, file.variables), faults),
    indicators: query.get("indikator") ?? "",
    faults,
  };
}

function topicOf(name, topics, faults) {
  const wanted = name ?? FIRST_TOPIC;
  const found = topics.find((one) => one.name.toLocaleLowerCase("sv") === wanted.toLocaleLowerCase("sv"));
  if (found) return found;
  faults.push({ text: `Det finns inget ämne som heter ”${name}”. Ämnena är ${topics.map((one) => one.name).join(", ")}.`, near: [] });
  return topics.find((one) => one.name === FIRST_TOPIC) ?? topics[0];
}

function kommunOf(text, register, faults) {
  if (!text) return null;
  const found = findPlace(register, text);
  if (found?.level === "kommun") return found.code;
  const near = meantPlaces(register, text).map((one) => ({ place: one.code, name: one.name }));
  faults.push({ text: `Det finns ingen kommun som heter ”${text}”.`, near });
  return null;
}

function weightsOf(text, first, faults) {
  if (!text) return first;
  const weights = Object.fromEntries(Object.keys(first).map((id) => [id, 0]));
  for (const part of text.split(",")) {
    const [id, weight] = part.split(":");
    const value = Number(weight);
    if (!(id in weights)) faults.push({ text: `Det finns ingen variabel med beteckningen ”${id}”.`, near: [] });
    else if (!(value >= 0 && value <= HEAVIEST)) faults.push({ text: `Vikten för ”${id}” ska vara 0 till ${HEAVIEST}.`, near: [] });
    else weights[id] = value;
  }
  return Object.values(weights).some((weight) => weight > 0) ? weights : first;
}

/** Return the address of a choice; the weights only where they are others than the topic's. */
export function writeChoice(choice, file) {
  const parts = [];
  if (choice.code) parts.push(`kommun=${choice.code}`);
  if (choice.topic.name !== FIRST_TOPIC) parts.push(`amne=${encodeURIComponent(choice.topic.name)}`);
  if (!sameWeights(choice.weights, topicWeights(choice.topic, file.variables))) {
    const used = Object.entries(choice.weights).filter(([, weight]) => weight > 0);
    parts.push(`vikter=${used.map(([id, weight]) => `${id}:${weight}`).join(",")}`);
  }
  if (choice.indicators) parts.push(`indikator=${choice.indicators.split(",").map(encodeURIComponent).join(",")}`);
  return parts.length ? `?${parts.join("&")}` : "";
}
