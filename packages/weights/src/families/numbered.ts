/** TensorFlow appends a number from the second layer of a kind on. */
export function numbered(kind: string, position: number): string {
  return position === 0 ? kind : `${kind}_${position}`;
}
