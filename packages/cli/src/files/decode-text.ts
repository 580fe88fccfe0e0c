/** Encodings by the byte order mark that they begin with. Without one a file is UTF-8, as nearly all are. */
const MARKED: readonly (readonly [encoding: string, mark: readonly number[]])[] = [
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

/**
 * Bytes as text, without the byte order mark: UTF-8, or UTF-16 where the mark says so, as `>` of Windows PowerShell
 * writes it. Null for bytes that are neither; a text with a NUL is UTF-16 without its mark, or none.
 */
export function decodeText(bytes: Uint8Array): string | null {
  const [encoding] = MARKED.find(([, mark]) => mark.every((byte, i) => bytes[i] === byte)) ?? ["utf-8"];
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}
