/** Data as JSON, the keys of every object in the order of their names: equal data is equal text. */
export function canonicalJson(value: unknown): string {
  return (
    JSON.stringify(value, (_, nested: unknown) =>
      typeof nested === "object" && nested !== null && !Array.isArray(nested)
        ? Object.fromEntries(Object.entries(nested).sort(([a], [b]) => (a < b ? -1 : 1)))
        : nested,
    ) ?? "undefined"
  );
}

/**
 * 16 hexadecimal digits that follow from the content alone, whatever the order of its keys. Against mix-ups, not against
 * forgers.
 *
 * Algorithm: FNV-1a of 64 bits, over the characters of the canonical JSON.
 */
export function contentHash(value: unknown): string {
  const text = canonicalJson(value);
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}
