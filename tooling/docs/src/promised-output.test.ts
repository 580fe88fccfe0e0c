import { describe, expect, it } from "vitest";
import { brokenPromises, promisedOutput } from "./promised-output.js";

describe("promisedOutput", () => {
  it("reads the comments after console.log, over several lines too, and no others", () => {
    const code =
      "load(); // slow\nconsole.log(1); // 1\nconsole.log(\n  [2],\n); // [ 2 ]\nconsole.log(3);\nend(); // late\n";
    expect(promisedOutput(code)).toEqual(["1", "[ 2 ]"]);
  });

  it("must be printed in its order, word for word", () => {
    expect(brokenPromises(["1, 2", "[3]"], "1 2\nbetween\n[\n  3\n]\n")).toEqual([]);
    expect(brokenPromises(["1", "2"], "2 1")).toEqual(["2"]);
    expect(brokenPromises(["12"], "1 2")).toEqual(["12"]);
    expect(brokenPromises(["1"], "12")).toEqual(["1"]);
  });
});
