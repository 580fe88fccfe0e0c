const LOCAL_HEADER = "PK\x03\x04";
const NAME_AT = 30;

/** True for a zip whose first entry is one that Keras writes into a `.keras` file. */
export function isKerasZip(bytes: Uint8Array): boolean {
  if (text(bytes, 0, LOCAL_HEADER.length) !== LOCAL_HEADER) return false;
  const name = text(bytes, NAME_AT, NAME_AT + (bytes[NAME_AT - 4] ?? 0));
  return /^(?:metadata\.json|config\.json|model\.weights\.(?:h5|json|npz))$/.test(name);
}

function text(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}
