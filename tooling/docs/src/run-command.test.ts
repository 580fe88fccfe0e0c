import { describe, expect, it } from "vitest";
import { parseCommands } from "./run-command.js";

describe("parseCommands", () => {
  it("splits at spaces outside of quotes and drops comments", () => {
    expect(parseCommands('# all\nefficientnet list\nefficientnet inspect "a b"  # c\n')).toEqual([
      ["list"],
      ["inspect", "a b"],
    ]);
    expect(() => parseCommands("rm -r .")).toThrowError("only efficientnet commands run in examples");
  });
});
