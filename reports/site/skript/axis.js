// Where a value axis begins and ends, and where names beside it stand.

const PERCENT_TOPS = [1, 2, 5, 10, 20];
/** A part of the percentages is never shown larger than this, or chance would look like a change. */
const LEAST_PERCENT = 30;
const FROM_ZERO = new Set(["kronor", "dagar", "antal"]);
const PERCENT = new Set(["procent", "ja_nej", "ja_delvis_nej"]);

/** Return the ends of the axis: a part of 0 to 100 for percentages, from zero for amounts. */
export function axisOf(scale, values) {
  if (PERCENT.has(scale)) return percent(values);
  let low = values.length ? Math.min(...values) : 0;
  const high = values.length ? Math.max(...values) : 1;
  if (FROM_ZERO.has(scale)) low = Math.min(low, 0);
  let step = 10 ** Math.floor(Math.log10(Math.max(high - low, Math.abs(high) / 10, 1e-6)));
  if ((high - low) / step < 4) step /= 2;
  const bottom = Math.floor(low / step) * step;
  const top = Math.ceil(high / step) * step;
  return top > bottom ? [bottom, top] : [bottom, bottom + step];
}

function percent(values) {
  const [least, most] = values.length ? [Math.min(...values), Math.max(...values)] : [0, 100];
  const small = PERCENT_TOPS.find((top) => most <= top);
  if (small) return [0, small];
  let [bottom, top] = [Math.floor(least / 10) * 10, Math.ceil(most / 10) * 10];
  while (top - bottom < LEAST_PERCENT && (bottom > 0 || top < 100)) {
    if (bottom > 0) bottom -= 10;
    if (top - bottom < LEAST_PERCENT && top < 100) top += 10;
  }
  return [Math.max(0, bottom), Math.min(100, top)];
}

/** Return what must be said of an axis that isn't 0 to 100 for percentages; else nothing. */
export function axisNote(scale, [bottom, top]) {
  if (!PERCENT.has(scale) || (bottom === 0 && top === 100)) return "";
  return `Observera att axeln går från ${bottom} till ${top} procent.`;
}

/** Return heights for names beside the ends of lines, so that none lies upon another; in the axis's unit. */
export function spreadApart(ends, [bottom, top], pixels, line = 17) {
  const gap = ((top - bottom) * line) / pixels;
  const placed = ends.map((end, number) => ({ ...end, number, y: end.value })).sort((a, b) => a.y - b.y);
  for (let n = 1; n < placed.length; n += 1) placed[n].y = Math.max(placed[n].y, placed[n - 1].y + gap);
  // Pushed over the top, they are pushed down again from above.
  let ceiling = top;
  for (const one of placed.reverse()) {
    one.y = Math.min(one.y, ceiling);
    ceiling = one.y - gap;
  }
  return placed.sort((a, b) => a.number - b.number);
}
