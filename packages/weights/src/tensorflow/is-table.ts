/** Two block handles, padding and the magic number. */
export const FOOTER_BYTES = 48;
const MAGIC: readonly number[] = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb];

/** True for bytes that end as LevelDB's sorted tables do. */
export function isTable(bytes: Uint8Array): boolean {
  return bytes.length >= FOOTER_BYTES && MAGIC.every((byte, i) => bytes[bytes.length - MAGIC.length + i] === byte);
}
