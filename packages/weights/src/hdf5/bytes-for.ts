/** Bytes that a number up to `limit` takes in the structures that choose their own widths. */
export function bytesFor(limit: number): number {
  return Math.floor(Math.log2(Math.max(limit, 1)) / 8) + 1;
}
