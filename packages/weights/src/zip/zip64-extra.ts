import { badZip, quote, type ZipBytes } from "./zip-bytes.js";

const ZIP64_FIELD = 1;
/** What a 32-bit field holds when its value is in the zip64 field. */
const ELSEWHERE = 0xffffffff;

/**
 * 32-bit fields with those that are full replaced, in order, by the 64-bit ones of the zip64 extra field.
 *
 * @throws `wrong-file` when the zip64 field is too short, or the extra fields do not fill their place.
 */
export function widen(file: ZipBytes, name: string, extra: readonly [from: number, to: number], fields: number[]) {
  let [at, to] = [0, 0];
  for (const [id, from, end] of extraFields(file, name, extra)) if (id === ZIP64_FIELD) [at, to] = [from, end];
  return fields.map((field) => {
    if (field !== ELSEWHERE) return field;
    if (at + 8 > to) throw badZip(`zip entry ${quote(name)} lacks the zip64 field that its header refers to`);
    at += 8;
    return file.u64(at - 8);
  });
}

function* extraFields(
  file: ZipBytes,
  name: string,
  [from, to]: readonly [number, number],
): Generator<readonly [id: number, from: number, to: number]> {
  for (let at = from; at < to; ) {
    const end = at + 4 <= to ? at + 4 + file.u16(at + 2) : Number.POSITIVE_INFINITY;
    if (end > to) throw badZip(`zip entry ${quote(name)} has an extra field longer than its place`);
    yield [file.u16(at), at + 4, end];
    at = end;
  }
}
