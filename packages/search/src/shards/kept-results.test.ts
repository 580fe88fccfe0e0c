import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { keepResults } from "./kept-results.js";

const folder = mkdtempSync(join(tmpdir(), "efficientnet-search-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("keepResults", () => {
  it("goes on with what is on the disk, without the line that a kill has torn", async () => {
    const path = join(folder, "grid.jsonl");
    const first = await keepResults<number>(path, "work 1");
    for (const result of [1, 2, 3]) await first.append(result);
    appendFileSync(path, "4");
    const second = await keepResults<number>(path, "work 1");
    expect(second.done).toEqual([1, 2, 3]);
    await second.append(5);
    expect((await keepResults<number>(path, "work 1")).done).toEqual([1, 2, 3, 5]);
  });

  it("refuses results of other work, and leaves them", async () => {
    const path = join(folder, "other.jsonl");
    await (await keepResults<number>(path, "work 1")).append(1);
    const before = readFileSync(path, "utf8");
    await expect(keepResults<number>(path, "work 2")).rejects.toMatchObject({ code: "invalid-argument" });
    expect(readFileSync(path, "utf8")).toBe(before);
  });
});
