/**
 * A value out of a file's JSON, short enough for a message. `String(value)` would call the value's own `toString`, which
 * a hostile file can set to something that is no function.
 */
export function showJson(value: unknown, length: number): string {
  return (typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing")).slice(0, length);
}
