/** Far above the descriptions of the largest networks. */
export const MAX_MANIFEST_BYTES = 100_000_000;

/** True for the JSON of a TensorFlow.js model, `model.json`, by the key that lists its weights. */
export function isManifest(bytes: Uint8Array): boolean {
  const first = bytes.findIndex((byte) => byte !== 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d);
  if (bytes[first] !== 0x7b || bytes.length > MAX_MANIFEST_BYTES) return false;
  return new TextDecoder("latin1").decode(bytes).includes('"weightsManifest"');
}
