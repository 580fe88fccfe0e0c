/** Levenshtein distance between two short names. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/**
 * The names nearest to what was typed, best first: spelling distance, ignoring case and the
 * difference between `-`, `_` and `.`. Names that share less than half their letters are left out.
 */
export function nearMatches(typed: string, names: Iterable<string>, limit = 3): string[] {
  const key = (name: string) => name.toLowerCase().replace(/[-_. /]/g, "");
  const wanted = key(typed);
  return [...names]
    .map((name) => ({ name, distance: editDistance(wanted, key(name)) }))
    .filter(({ name, distance }) => distance <= Math.max(wanted.length, key(name).length) / 2)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ name }) => name);
}
