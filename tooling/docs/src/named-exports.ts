const API = /^## API\n([\s\S]*?)(?=^## |(?![\s\S]))/m;

/**
 * The exports that the API tables of a README name: `readCheckpoint` of `` `readCheckpoint(bytes)` `` and words with a
 * capital, in the first column. Methods (`net.classify(...)`) belong to values and are left out.
 */
export function namedExports(readme: string): readonly string[] {
  const [, api = ""] = API.exec(readme) ?? [];
  const cells = api.split("\n").flatMap((line) => /^\| ([^|]*) \|/.exec(line)?.[1] ?? []);
  return cells.flatMap((cell) =>
    [...cell.matchAll(/`(?:(\w+)\([^`]*|([A-Z]\w*))`/g)].map(([, called, named]) => called ?? named ?? ""),
  );
}
