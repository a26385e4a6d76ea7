// What a chart of one indicator is filled with: data and parameters. Nothing here draws.
import { axisOf, spreadApart } from "./axis.js";
import { number } from "./numbers.js";
import { isAnswer, runsOf } from "./series.js";

const HEIGHT = 300;
/** With more series than these, intervals hide what the lines show; the table has them. */
const MOST_WITH_BOUNDS = 3;
/** Height of one place where the places stand below each other. */
const ROW = { dots: 40, answers: 34 };
const ANSWERS = { j: "ja", d: "delvis", n: "nej" };

/** Return which chart shows the rows: answers, years as lines, or one year as dots. */
function kindOf(file, rows) {
  if (isAnswer(file)) return "answers";
  return rows[0].cells.length > 1 ? "lines" : "dots";
}

/** Return whether the chart has intervals, where they are known. */
export function withBounds(file, rows) {
  const kind = kindOf(file, rows);
  return kind === "dots" || (kind === "lines" && rows.length <= MOST_WITH_BOUNDS);
}

/** Return the width that the names beside a chart may take. */
function roomFor(width, names) {
  const longest = Math.max(0, ...names.map((name) => name.length));
  return Math.round(Math.min(longest * 7.6 + 16, width < 480 ? width * 0.36 : width * 0.3));
}

/** Return kind, data, parameters, height and ends of the axis; null where there is nothing to draw. */
export function filling(file, rows, width, words) {
  const kind = kindOf(file, rows);
  const room = roomFor(width, rows.map((row) => row.place.name));
  if (kind === "answers") return answers(file, rows, width, room, words);
  const values = rows.flatMap((row) => row.cells.flatMap((one) => (one.value === null ? [] : [one.value])));
  if (!values.length) return null;
  const ends = axisOf(file.scale, [...values, ...(withBounds(file, rows) ? within(values, rows) : [])]);
  const draw = kind === "lines" ? lines : dots;
  return { kind, ends, ...draw(file, rows, ends, room) };
}

/** Return the bounds that the axis makes room for: an interval far wider than all figures is cut at its edge. */
function within(values, rows) {
  const bounds = rows.flatMap((row) => row.cells.flatMap((one) => (one.upper === null ? [] : [one.lower, one.upper])));
  const low = Math.min(...values);
  const high = Math.max(...values);
  const reach = (high - low || Math.abs(high) || 1) * 1.5;
  const least = low >= 0 ? Math.max(0, low - reach) : low - reach;
  return bounds.map((bound) => Math.min(Math.max(bound, least), high + reach));
}

function lines(file, rows, ends, room) {
  const years = rows[0].cells.map((one) => one.year);
  const points = rows.flatMap((row, nr) => {
    // A little beside each other, so that intervals of the same year can be told apart.
    const aside = (nr - (rows.length - 1) / 2) * 0.07;
    return runsOf(row).flatMap((run, part) =>
      run.map((one) => ({
        nr,
        run: `${nr}-${part}`,
        x: one.year + aside,
        value: one.value,
        lower: rows.length > MOST_WITH_BOUNDS ? null : one.lower,
        upper: rows.length > MOST_WITH_BOUNDS ? null : one.upper,
      })),
    );
  });
  const last = rows.flatMap((row, nr) => {
    const end = row.cells.filter((one) => one.value !== null).at(-1);
    return end ? [{ nr, year: end.year, value: end.value, name: row.place.name }] : [];
  });
  // A line that ends earlier has its name where it ends.
  const early = last.filter((one) => one.year < years.at(-1));
  const names = [
    ...spreadApart(last.filter((one) => !early.includes(one)), ends, HEIGHT),
    ...early.map((one) => ({ ...one, y: one.value })),
  ].map(({ nr, year, y, name }) => ({ nr, x: year + 0.25, y, name }));
  const params = { first: years[0] - 0.3, last: years.at(-1) + 0.3, years, lowest: ends[0], highest: ends[1], room };
  return { data: { points, names }, params, height: HEIGHT };
}

function dots(file, rows, ends, room) {
  const points = rows.flatMap((row, nr) => {
    const [one] = row.cells;
    if (one.value === null) return [];
    const text = number(one.value, file.decimals);
    return [{ nr, place: row.place.name, value: one.value, lower: one.lower, upper: one.upper, text }];
  });
  return { data: { points }, params: { lowest: ends[0], highest: ends[1], room }, height: points.length * ROW.dots };
}

function answers(file, rows, width, room, words) {
  const wide = width >= 620;
  const points = rows.flatMap((row) =>
    row.cells.map((one) => ({ place: row.place.name, year: one.year, ...square(one, wide, file.decimals, words) })),
  );
  return points.length ? { kind: "answers", data: { points }, params: { room }, height: rows.length * ROW.answers } : null;
}

/** Return kind and text of one square: symbol and word of an answer, percent, or the mark of what is missing. */
function square(one, wide, decimals, words) {
  if (one.answer) {
    const { symbol, text } = words.answers[one.answer];
    return { answer: ANSWERS[one.answer], text: wide ? `${symbol} ${text}` : symbol };
  }
  if (one.value !== null) {
    const text = number(one.value, decimals);
    return { answer: "percent", text: wide ? `${text}\u00a0%` : text };
  }
  const { text } = words.marks[one.mark];
  return { answer: "other", text: wide || text.length < 3 ? text : "–" };
}

/** Return a chart ready for Vega: the site's drawing, its data, its parameters and its look. */
export function completed(charts, filled, look, width, title) {
  const spec = structuredClone(charts[filled.kind]);
  const values = { ...look.params, ...filled.params };
  for (const param of spec.params) if (param.name in values) param.value = values[param.name];
  return {
    ...spec,
    width,
    height: filled.height,
    title,
    autosize: { type: "fit-x", contains: "padding" },
    datasets: filled.data,
    config: look.config,
  };
}
