import { readdirSync, readFileSync } from "node:fs";
import { EfficientNetError } from "@efficientnet/errors";
import { afterAll, describe, expect, it } from "vitest";
import { createScratch } from "../testing/scratch.js";
import { decodeText } from "./decode-text.js";
import { inFile } from "./in-file.js";
import { readLabels } from "./read-labels.js";
import { writeAtomically } from "./write-atomically.js";

const scratch = createScratch();
afterAll(() => scratch.remove());

it.each<[string, string, readonly string[]]>([
  ["lines", "cat\nhot dog\n", ["cat", "hot dog"]],
  [
    "lines of Windows, with a byte order mark and spaces at their ends",
    "\ufeffcat \r\nhot dog\r\n\r\n",
    ["cat", "hot dog"],
  ],
  ["lines without an end", "cat\nhot dog", ["cat", "hot dog"]],
  ["a JSON array", ' ["cat", "hot dog"]', ["cat", "hot dog"]],
  ["a JSON object by the numbers of the classes", '{ "1": "hot dog", "0": "cat" }', ["cat", "hot dog"]],
])("labels are %s", async (_, text, labels) => {
  expect(await readLabels(scratch.write("labels", text))).toEqual(labels);
});

it("text is UTF-8, or UTF-16 where a byte order mark says so", () => {
  const le = Buffer.from("\ufeffché\r\n", "utf16le");
  expect(decodeText(le)).toBe("ché\r\n");
  expect(decodeText(Buffer.from(le).swap16())).toBe("ché\r\n");
  expect(decodeText(Buffer.from("\ufeffché"))).toBe("ché");
  expect(decodeText(Buffer.from("ché", "latin1"))).toBeNull();
  expect(decodeText(Buffer.from("cat", "utf16le"))).toBeNull();
});

describe("writeAtomically", () => {
  it("says that the folder is not there, or is none", async () => {
    await expect(writeAtomically(scratch.path("absent", "set.json"), "new")).rejects.toThrow(
      `cannot be written: ${scratch.path("absent")} does not exist`,
    );
    const file = scratch.write("file", "");
    await expect(writeAtomically(`${file}/set.json`, "new")).rejects.toThrow(`${file} is no folder`);
  });

  it("replaces what was there and leaves nothing beside it", async () => {
    const file = scratch.write("kept/set.json", "old");
    await writeAtomically(file, "new");
    await writeAtomically(scratch.path("kept", "bytes"), Uint8Array.of(1, 2));
    expect(readFileSync(file, "utf8")).toBe("new");
    expect(readdirSync(scratch.path("kept")).sort()).toEqual(["bytes", "set.json"]);
  });
});

describe("inFile", () => {
  const failing = (error: unknown) => inFile("photos/cat.jpg", () => Promise.reject(error));

  it("names the file in front of what its content is to blame for", async () => {
    const error = new EfficientNetError("bad-image", "it ends early", { expected: "more", hint: "download it again" });
    const named = await failing(error).catch((thrown: unknown) => thrown);
    expect(named).toMatchInlineSnapshot(`
      [EfficientNetError: photos/cat.jpg: it ends early
        expected: more
        hint: download it again]
    `);
    expect(named).toMatchObject({ code: "bad-image", cause: error });
  });

  it("does not name it twice", async () => {
    const error = new EfficientNetError("bad-image", "there is no file photos/cat.jpg");
    await expect(failing(error)).rejects.toThrow(/^there is no file photos\/cat\.jpg$/);
  });

  it("leaves alone what is not the file's fault", async () => {
    const error = new EfficientNetError("unknown-name", "unknown model");
    await expect(failing(error)).rejects.toBe(error);
    const other = new TypeError("no");
    await expect(failing(other)).rejects.toBe(other);
  });
});
