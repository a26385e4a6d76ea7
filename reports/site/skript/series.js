// One indicator's figures for the chosen places and years, read out of its file.

const ANSWERS = new Set(["j", "d", "n"]);

/** Return the indicator's years that are asked for. */
export function measured(file, first, last) {
  return file.years.filter((year) => year >= first && year <= last);
}

/** Return one cell: its number with bounds, its answer, or the mark of what is missing. */
export function cell(file, year, number) {
  const at = file.years.indexOf(year);
  const raw = at < 0 ? "s" : file.values[at][number];
  if (typeof raw === "number") {
    const lower = file.lower?.[at]?.[number] ?? null;
    const upper = file.upper?.[at]?.[number] ?? null;
    return { year, value: raw, lower, upper, answer: null, mark: null };
  }
  const answer = ANSWERS.has(raw) ? raw : null;
  return { year, value: null, lower: null, upper: null, answer, mark: answer ? null : raw };
}

/** Return how a place's figure of a year is formed: null for a kommun's own. */
function wayOf(file, level, year) {
  const ways = file.weighting[level];
  if (ways === undefined) return null;
  return typeof ways === "string" ? ways : (ways[file.years.indexOf(year)] ?? null);
}

/** Return a row for each place: its cells of the years asked for. */
export function series(file, places, first, last) {
  const years = measured(file, first, last);
  return places.map((place) => ({
    place,
    cells: years.map((year) => ({ ...cell(file, year, place.number), way: wayOf(file, place.level, year) })),
  }));
}

/** Return whether any of the rows is an answer, so that the indicator is drawn as squares. */
export function isAnswer(file) {
  return file.scale === "ja_nej" || file.scale === "ja_delvis_nej";
}

/**
 * Return the unbroken stretches of a row: what a line joins.
 *
 * A missing result in a year that was measured breaks the line, and so does another way of forming the figure.
 */
export function runsOf(row) {
  const found = [];
  let open = false;
  let way = null;
  for (const one of row.cells) {
    if (one.value === null) {
      open = false;
    } else {
      if (!open || one.way !== way) found.push([]);
      found.at(-1).push(one);
      open = true;
      way = one.way;
    }
  }
  return found;
}
