import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

describe("kernels.generated.ts", () => {
  it("is what assembly/ compiles to, byte for byte", () => {
    const script = fileURLToPath(new URL("../kernels/build.mjs", import.meta.url));
    expect(execFileSync(process.execPath, [script, "--check"], { encoding: "utf8" })).toBe("");
  });
});
