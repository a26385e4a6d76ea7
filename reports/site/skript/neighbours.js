// Similar kommuner, reckoned as the reports do (lagesbild.methods.neighbours): standard deviations, weighted and squared.

const FIRST_VALUE = 4;
/** Distances are compared rounded, so that ties are ties on every machine. */
const SCALE = 1e9;

/** Return the kommuner of the file `bakgrund.json` in code order, with standardised values (null where there is none). */
export function standardised(file) {
  return file.kommuner
    .map((row) => ({
      code: row[0],
      name: row[1],
      slug: row[2],
      lan: row[3],
      values: row.slice(FIRST_VALUE),
      standard: file.variables.map((variable, n) => standard(variable, row[FIRST_VALUE + n])),
    }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

function standard(variable, value) {
  if (value === null || variable.mean === null) return null;
  if (variable.log && value <= 0) return null;
  return ((variable.log ? Math.log(value) : value) - variable.mean) / variable.sd;
}

/** Return the numbers of the variables that count: those with a weight above zero. */
export function counted(variables, weights) {
  return variables.flatMap((variable, n) => ((weights[variable.id] ?? 0) > 0 ? [n] : []));
}

/**
 * Return the nearest others of a kommun: distance, and by variable how they differ.
 *
 * Of two that are equally far the lower code comes first. None where the kommun lacks a variable that counts.
 */
export function nearestTo(code, kommuner, variables, weights) {
  const used = counted(variables, weights);
  const complete = kommuner.filter((one) => used.every((n) => one.standard[n] !== null));
  const own = complete.find((one) => one.code === code);
  if (!own || !used.length) return [];
  return complete
    .filter((one) => one !== own)
    .map((other) => {
      const parts = used.map((n) => weights[variables[n].id] * (own.standard[n] - other.standard[n]) ** 2);
      const whole = parts.reduce((sum, part) => sum + part, 0);
      return {
        kommun: other,
        distance: Math.round(Math.sqrt(whole) * SCALE) / SCALE,
        differences: used.map((n, at) => ({
          variable: variables[n],
          own: own.values[n],
          other: other.values[n],
          steps: other.standard[n] - own.standard[n],
          share: whole > 0 ? parts[at] / whole : null,
        })),
      };
    })
    .sort((a, b) => a.distance - b.distance);
}

/** Return in words why a kommun is near: what is most alike, and what makes up most of the distance. */
export function reason({ differences, distance }) {
  if (distance === 0) return "har samma värden";
  const name = (one) => lower(one.variable.name);
  const alike = [...differences].sort((a, b) => Math.abs(a.steps) - Math.abs(b.steps))[0];
  if (differences.length === 1) return `närmast i ${name(alike)}`;
  const apart = [...differences].sort((a, b) => b.share - a.share)[0];
  return `mest lik i ${name(alike)}, skiljer sig mest i ${name(apart)}`;
}

/** Return text with a small first letter, but for abbreviations. */
export function lower(text) {
  return /^\p{Lu}{2}/u.test(text) ? text : text.charAt(0).toLocaleLowerCase("sv") + text.slice(1);
}
