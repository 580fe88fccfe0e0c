import { EfficientNetError } from "@efficientnet/errors";
import { ByteCursor } from "./byte-cursor.js";

/** A field of a protocol buffer: a varint or fixed32 as a number, anything with a length as its bytes. */
export interface ProtobufField {
  readonly number: number;
  readonly value: number | Uint8Array;
}

/**
 * The fields of one message in order, without looking into nested ones. Knows the wire types varint, fixed64 (given as
 * bytes), length-delimited and fixed32.
 *
 * @throws `wrong-file` for groups, unknown wire types and messages that end too early.
 */
export function protobufFields(message: Uint8Array): readonly ProtobufField[] {
  const cursor = new ByteCursor(message, "protocol buffer");
  const fields: ProtobufField[] = [];
  while (!cursor.done) {
    const tag = cursor.varint();
    fields.push({ number: Math.floor(tag / 8), value: readValue(cursor, tag % 8) });
  }
  return fields;
}

function readValue(cursor: ByteCursor, wireType: number): number | Uint8Array {
  if (wireType === 0) return cursor.varint();
  if (wireType === 1) return cursor.take(8);
  if (wireType === 2) return cursor.take(cursor.varint());
  if (wireType === 5) return cursor.uint32();
  throw new EfficientNetError("wrong-file", `a protocol buffer has a field of wire type ${wireType}`, {
    expected: "0, 1, 2 or 5",
    hint: "the file is damaged",
  });
}

/** The last value of a numeric field, 0 when absent, as protocol buffers define it. */
export function numberField(fields: readonly ProtobufField[], number: number): number {
  const value = fields.findLast((field) => field.number === number)?.value ?? 0;
  if (typeof value === "number") return value;
  throw wrongType(number, "a number");
}

/** Every value of a repeated message field. */
export function messageFields(fields: readonly ProtobufField[], number: number): readonly Uint8Array[] {
  return fields
    .filter((field) => field.number === number)
    .map(({ value }) => {
      if (typeof value !== "number") return value;
      throw wrongType(number, "a message");
    });
}

function wrongType(number: number, expected: string): EfficientNetError {
  return new EfficientNetError("wrong-file", `field ${number} of a protocol buffer has another type`, { expected });
}
