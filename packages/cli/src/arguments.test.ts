import { InvalidArgumentError } from "commander";
import { expect, it } from "vitest";
import { parseCount, parseLevels, parseSeed } from "./arguments.js";

it("a count is a whole number above 0", () => {
  expect(parseCount("12")).toBe(12);
  for (const text of ["0", "-1", "1.5", "1e3", "", "many", "99999999999999999999"]) {
    expect(() => parseCount(text), text).toThrow(InvalidArgumentError);
  }
});

it("a seed has 32 bits", () => {
  expect([parseSeed("0"), parseSeed("4294967295")]).toEqual([0, 4294967295]);
  for (const text of ["4294967296", "-1", "x"]) expect(() => parseSeed(text), text).toThrow(InvalidArgumentError);
});

it("levels count from the finest or from the coarsest", () => {
  expect(parseLevels("0,-1,head")).toEqual([0, -1, "head"]);
  for (const text of ["", "0,", "tail", "1.5"]) expect(() => parseLevels(text), text).toThrow(InvalidArgumentError);
});
