import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encode, float, int, message, packed, text, varint } from "./protobuf.js";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

// The byte strings are the examples of the protobuf encoding guide.
describe("protobuf", () => {
  it.each([
    { what: "an integer", fields: [int(1, 150)], expected: "089601" },
    { what: "a negative integer", fields: [int(1, -2)], expected: "08feffffffffffffffff01" },
    { what: "a string", fields: [text(2, "testing")], expected: "120774657374696e67" },
    { what: "a message in a message", fields: [message(3, [int(1, 150)])], expected: "1a03089601" },
    { what: "packed integers", fields: [packed(6, [3, 270, 86942])], expected: "3206038e029ea705" },
    { what: "a float", fields: [float(2, 1.5)], expected: "150000c03f" },
    { what: "an empty message", fields: [message(2, [])], expected: "1200" },
  ])("writes $what", ({ fields, expected }) => {
    expect(hex(encode(fields))).toBe(expected);
  });

  it("writes varints that read back, seven bits a byte", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        const bytes = varint(value);
        const read = bytes.reduce((sum, byte, i) => sum + (byte % 128) * 128 ** i, 0);
        expect(read).toBe(value);
        expect([...bytes].map((byte) => byte >= 128)).toEqual([...bytes].map((_, i) => i < bytes.length - 1));
      }),
    );
  });
});
