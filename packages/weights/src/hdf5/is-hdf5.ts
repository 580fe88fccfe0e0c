/** `\x89HDF\r\n\x1a\n`. */
const SIGNATURE: readonly number[] = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/** True for bytes that begin as HDF5 files begin. */
export function isHdf5(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, index) => bytes[index] === byte);
}

/** Bytes of the signature. */
export const SIGNATURE_BYTES = SIGNATURE.length;
