/** Castagnoli's polynomial, bits reversed. */
const POLYNOMIAL = 0x82f63b78;
/** Added after the rotation, so that the checksum of data that holds checksums stays a good one. */
const MASK_DELTA = 0xa282ead8;

let made: readonly Uint32Array[] | undefined;

/** Tables for four bytes at a time: table n holds what a byte does n bytes further on. */
function tables(): readonly Uint32Array[] {
  if (made) return made;
  const first = Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    return crc;
  });
  const further = (table: Uint32Array) => table.map((crc) => (crc >>> 8) ^ (first[crc & 0xff] ?? 0));
  const [second, third] = [further(first), further(further(first))];
  made = [first, second, third, further(third)];
  return made;
}

/** CRC-32C of bytes, about 2 ms for a megabyte. */
export function crc32c(bytes: Uint8Array): number {
  const [t0, t1, t2, t3] = tables() as readonly [Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length - (bytes.length % 4);
  let crc = 0xffffffff;
  for (let i = 0; i < whole; i += 4) {
    const word = crc ^ view.getUint32(i, true);
    crc =
      (t3[word & 0xff] as number) ^
      (t2[(word >>> 8) & 0xff] as number) ^
      (t1[(word >>> 16) & 0xff] as number) ^
      (t0[word >>> 24] as number);
  }
  for (let i = whole; i < bytes.length; i++) crc = (crc >>> 8) ^ (t0[(crc ^ view.getUint8(i)) & 0xff] as number);
  return ~crc >>> 0;
}

/** A checksum as LevelDB's tables and TensorFlow's bundles store it: rotated right by 15 bits, plus a constant. */
export function maskCrc(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + MASK_DELTA) >>> 0;
}
