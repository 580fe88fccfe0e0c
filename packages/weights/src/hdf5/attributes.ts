import { readDataspace } from "./dataspace.js";
import { readDatatype } from "./datatype.js";
import { Fields } from "./fields.js";
import { badHdf5 } from "./hdf5-error.js";
import type { Hdf5File } from "./hdf5-file.js";
import { MESSAGE, type ObjectHeader } from "./object-header.js";

/** Longest text read; a name or a version. */
const MAX_TEXT = 256;
const OBJECT_HEADER_BYTES = 16;

/** The attributes of an object that are a single short text; others are left alone. */
export function readTexts(file: Hdf5File, header: ObjectHeader): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const body of header.all(MESSAGE.attribute)) {
    const { name, type, space, data } = parseAttribute(file, body);
    const datatype = readDatatype(type);
    if (readDataspace(space, file.sizes)?.length !== 0) continue;
    if (datatype.kind === "fixed-string") texts.set(name, decodeText(data.take(Math.min(datatype.size, MAX_TEXT))));
    if (datatype.kind !== "string") continue;
    const length = data.u32();
    if (length <= MAX_TEXT) texts.set(name, heapText(file, data.address(), data.u32(), length));
  }
  return texts;
}

interface Attribute {
  readonly name: string;
  readonly type: Uint8Array;
  readonly space: Uint8Array;
  readonly data: Fields;
}

/** Source: HDF5 File Format Specification 3.0, IV.A.2.m. Version 1 pads each part to 8 bytes. */
function parseAttribute(file: Hdf5File, body: Uint8Array): Attribute {
  const fields = new Fields(body, file.sizes, "attribute");
  const version = fields.u8();
  fields.skip(1);
  const [name, type, space] = [fields.u16(), fields.u16(), fields.u16()];
  if (version === 3) fields.skip(1);
  const part = (length: number) => fields.take(version === 1 ? Math.ceil(length / 8) * 8 : length);
  return { name: decodeText(part(name)), type: part(type), space: part(space), data: fields.sub(fields.left) };
}

function heapText(file: Hdf5File, address: number | null, index: number, length: number): string {
  const heap = (address === null ? undefined : file.heaps.get(address)) ?? readHeap(file, address);
  const object = heap.get(index);
  if (object !== undefined && object.byteLength >= length) return decodeText(object.subarray(0, length));
  throw badHdf5(`the HDF5 file has no text ${index} where it says it has one`);
}

/** The objects of a global heap by index. Source: HDF5 File Format Specification 3.0, III.E. */
function readHeap(file: Hdf5File, address: number | null): ReadonlyMap<number, Uint8Array> {
  const fields = file.at(address, "global heap");
  fields.expectSignature("GCOL");
  fields.skip(4);
  const objects = fields.sub(Math.max(fields.length() - 8 - file.sizes.length, 0));
  const heap = new Map<number, Uint8Array>();
  while (objects.left >= OBJECT_HEADER_BYTES) {
    file.count();
    const index = objects.u16();
    // The rest is free.
    if (index === 0) break;
    objects.skip(6);
    const size = objects.length();
    heap.set(index, objects.take(size));
    objects.skip(Math.min((8 - (size % 8)) % 8, objects.left));
  }
  if (address !== null) file.heaps.set(address, heap);
  return heap;
}

/** Up to the first zero byte. */
export function decodeText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}
