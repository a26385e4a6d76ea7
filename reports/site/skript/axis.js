// Where a value axis begins and ends, and where names beside it stand.

const PERCENT_TOPS = [1, 2, 5, 10, 20];
/** A part of the percentages is never shown larger than this, or chance would look like a change. */
const LEAST_PERCENT = 20;
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

/**
 * Return heights for names beside the ends of lines, so that none lies upon another; in the axis's unit.
 *
 * Names that would touch stand together around the middle of their ends, which moves each as little as can be.
 */
export function spreadApart(ends, [bottom, top], pixels, line = 17) {
  const gap = ((top - bottom) * line) / pixels;
  const groups = [];
  for (const end of [...ends].sort((a, b) => a.value - b.value)) {
    groups.push(grouped([end], gap, bottom, top));
    while (groups.length > 1 && groups.at(-1).from - groups.at(-2).to < gap) {
      const [lower, upper] = groups.splice(-2);
      groups.push(grouped([...lower.members, ...upper.members], gap, bottom, top));
    }
  }
  const placed = groups.flatMap(({ members, from }) => members.map((end, n) => ({ ...end, y: from + n * gap })));
  return placed.sort((a, b) => a.nr - b.nr);
}

/** Return names that stand together: where the lowest and the highest are, both on the axis. */
function grouped(members, gap, bottom, top) {
  const height = (members.length - 1) * gap;
  const middle = members.reduce((sum, one) => sum + one.value, 0) / members.length;
  const from = Math.max(bottom, Math.min(middle - height / 2, top - height));
  return { members, from, to: from + height };
}
