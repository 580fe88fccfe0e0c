import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkContents } from "./check-contents.js";

describe("checkContents", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "contents-"));
    write({
      "package.json": '{ "name": "whole" }',
      "README.md": "# Whole",
      LICENSE: "Apache-2.0",
      "dist/index.js": "",
    });
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  function write(files: Readonly<Record<string, string>>) {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  }

  it("accepts a package with a README, a licence and its code", () => {
    expect(checkContents(folder, "/home/builder/efficientnet")).toBe("");
  });

  it("names what is missing, what is only for tests, and what tells of the machine that built it", () => {
    rmSync(join(folder, "LICENSE"));
    write({
      "package.json": '{ "dependencies": { "@efficientnet/errors": "workspace:*" } }',
      "dist/index.js.map": '{ "sources": ["/home/builder/efficientnet/src/index.ts"] }',
      "src/testing/golden.ts": "",
      "src/index.test.ts": "",
      "node_modules/other/index.test.js": "",
    });
    expect(checkContents(folder, "/home/builder/efficientnet").split("\n").sort()).toEqual([
      "LICENSE is missing",
      "dist/index.js.map names a path of the machine that built it",
      "package.json names workspace versions",
      "src/index.test.ts is only for tests",
      "src/testing/golden.ts is only for tests",
    ]);
  });
});
