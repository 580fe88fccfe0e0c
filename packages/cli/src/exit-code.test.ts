import { EfficientNetError, type ErrorCode } from "@efficientnet/errors";
import { expect, it } from "vitest";
import { exitCodeOf } from "./exit-code.js";

it.each<[ErrorCode, number]>([
  ["invalid-argument", 2],
  ["unknown-name", 2],
  ["wrong-file", 1],
  ["unreachable", 1],
  ["forbidden", 1],
  ["weights-mismatch", 1],
  ["bad-image", 1],
  ["no-backend", 1],
  ["diverged", 1],
  ["not-written", 1],
  ["aborted", 130],
])("%s ends the command with %d", (code, expected) => {
  expect(exitCodeOf(new EfficientNetError(code, "no"))).toBe(expected);
});

it("anything else is a failure", () => {
  expect(exitCodeOf(new TypeError("no"))).toBe(1);
  expect(exitCodeOf(undefined)).toBe(1);
});
