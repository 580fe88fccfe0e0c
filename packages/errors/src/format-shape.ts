/** `[1,224,224,3]`: how every message of these packages prints a shape. */
export function formatShape(shape: readonly (number | null)[]): string {
  return `[${shape.map((size) => size ?? "?").join(",")}]`;
}
