// What a reader may have meant: the known names nearest to what was written.

/** Return a text as it is compared: small letters, without accents and signs. */
export function simplified(text) {
  return text
    .toLocaleLowerCase("sv")
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^a-z0-9]/g, "");
}

/** Return how many letters must be changed, added or taken away to make one text the other. */
export function distance(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, n) => n);
  for (let a = 1; a <= one.length; a += 1) {
    const next = [a];
    for (let b = 1; b <= other.length; b += 1) {
      const same = one[a - 1] === other[b - 1] ? 0 : 1;
      next.push(Math.min(next[b - 1] + 1, row[b] + 1, row[b - 1] + same));
    }
    row = next;
  }
  return row[other.length];
}

/** Return the names (at most `most`) that are nearest to a text, best first; none where nothing is near. */
export function nearest(text, names, most = 3) {
  const wanted = simplified(text);
  if (!wanted) return [];
  const near = Math.max(1, Math.floor(wanted.length / 3));
  return names
    .map((name) => {
      const simple = simplified(name);
      return { name, far: simple.startsWith(wanted) ? 0.5 : distance(wanted, simple) };
    })
    .filter((one) => one.far <= near)
    .sort((a, b) => a.far - b.far || a.name.localeCompare(b.name, "sv"))
    .slice(0, most)
    .map((one) => one.name);
}
