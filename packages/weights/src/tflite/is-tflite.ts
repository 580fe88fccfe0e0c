const IDENTIFIER: readonly number[] = [0x54, 0x46, 0x4c, 0x33];

/** True for a FlatBuffer whose identifier is TFL3. */
export function isTflite(bytes: Uint8Array): boolean {
  return IDENTIFIER.every((byte, index) => bytes[4 + index] === byte);
}
