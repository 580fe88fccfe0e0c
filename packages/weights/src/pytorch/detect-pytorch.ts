const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** The first file of the zip: `archive/data.pkl`, `archive/data/0`, `archive/version`. */
const FIRST_FILE = /^[^/]+\/(?:data\.pkl|constants\.pkl|(?:data|constants|code|extra)\/|version|byteorder|\.\w+)/;

/** True for the zip of `torch.save`, also of TorchScript. */
export function isTorchZip(bytes: Uint8Array): boolean {
  if (!ZIP.every((byte, index) => bytes[index] === byte)) return false;
  const end = 30 + (bytes[26] ?? 0) + 256 * (bytes[27] ?? 0);
  return FIRST_FILE.test(String.fromCharCode(...bytes.subarray(30, Math.min(end, 300))));
}

/** The number every stream of `torch.save` begins with, 0x1950a86a20f9469cfc6c, as a pickle holds it. */
const MAGIC = "\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19";

/** True for the stream of `torch.save` before 1.6: a pickle whose first value is the magic number. */
export function isTorchStream(bytes: Uint8Array): boolean {
  return bytes[0] === 0x80 && String.fromCharCode(...bytes.subarray(2, 32)).includes(MAGIC);
}
