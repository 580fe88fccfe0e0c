/** One field of a protobuf message, encoded: its tag and its value, in pieces that are joined once at the end. */
export type Field = readonly Uint8Array[];

const VARINT = 0;
const DELIMITED = 2;
const FIXED32 = 5;

/** Base-128, least significant group first; negative numbers take ten bytes, as 64-bit two's complement. */
export function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  return Uint8Array.from([...bytes, Number(rest)]);
}

const tag = (field: number, wire: number) => varint(field * 8 + wire);

export const int = (field: number, value: number): Field => [tag(field, VARINT), varint(value)];

export const float = (field: number, value: number): Field => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return [tag(field, FIXED32), bytes];
};

export const bytes = (field: number, value: Uint8Array): Field => [tag(field, DELIMITED), varint(value.length), value];

export const text = (field: number, value: string): Field => bytes(field, new TextEncoder().encode(value));

/** Several integers in one field, as repeated numbers are written since proto3. */
export const packed = (field: number, values: readonly number[]): Field => bytes(field, join(values.map(varint)));

export const message = (field: number, fields: readonly Field[]): Field => {
  const pieces = fields.flat();
  return [tag(field, DELIMITED), varint(pieces.reduce((sum, { length }) => sum + length, 0)), ...pieces];
};

/** The bytes of a whole message. */
export const encode = (fields: readonly Field[]): Uint8Array => join(fields.flat());

function join(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
