import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { cli } from "../testing/cli.js";
import { createScratch } from "../testing/scratch.js";

const scratch = createScratch();
afterAll(() => scratch.remove());

const brief = ["--rounds", "3", "--warm-up", "1", "--quiet"];
const quick = [...brief, "--json"];

describe("efficientnet bench blocks", () => {
  it("times every geometry of a network in both forms, and draws them", async () => {
    const page = scratch.path("blocks.html");
    const { code, out } = await cli(["bench", "blocks", "--resolution", "32", "--html", page, ...quick]);
    expect(code).toBe(0);
    const { network, races, device } = JSON.parse(out);
    expect([network, device.name, races.length]).toEqual(["efficientnetv2-s", "tfjs wasm", 11]);
    for (const { mbconv, fused, fusedOverMBConv } of races) {
      expect(fusedOverMBConv).toBe(fused.milliseconds.median / mbconv.milliseconds.median);
    }
    const html = readFileSync(page, "utf8");
    expect(html).toContain("<title>MBConv against Fused-MBConv in efficientnetv2-s</title>");
    expect(html).not.toMatch(/(src|href)="http/);
  });

  it("prints a table that says where Fused-MBConv pays", async () => {
    const { out } = await cli(["bench", "blocks", "--model", "test-efficientnet@32", ...brief]);
    expect(out).toMatch(/^test-efficientnet at 32 x 32, batch 1, on tfjs wasm: /);
    expect(out).toMatch(/\nFused-MBConv is faster in \d+ of \d+ geometries/);
  });
});

describe("efficientnet bench compare", () => {
  it("shows networks side by side, training included", async () => {
    const page = scratch.path("compare.html");
    const names = ["test-efficientnet@32", "mnasnet-small@32"];
    const { code, out } = await cli(["bench", "compare", ...names, "--training-batch", "2", "--html", page, ...quick]);
    expect(code).toBe(0);
    const { networks } = JSON.parse(out);
    expect(networks.map(({ name, imageSize, parameters }: never) => [name, imageSize, parameters])).toEqual([
      ["test-efficientnet", 32, 356196],
      ["mnasnet-small", 32, 2030264],
    ]);
    for (const { milliseconds, training } of networks) {
      expect([milliseconds.count, training.batch, training.milliseconds.count]).toEqual([3, 2, 3]);
    }
    expect(readFileSync(page, "utf8")).toContain("<title>Networks side by side</title>");
  });

  it("runs on the engine, which does not train", async () => {
    const { out } = await cli(["bench", "compare", "test-efficientnet@32", "--backend", "engine", ...quick]);
    const { device, networks } = JSON.parse(out);
    expect([device.name, networks[0].training]).toEqual(["engine", null]);
  });

  it.each([
    ["efficientnet-b99", "unknown model"],
    ["efficientnet-b0@large", 'efficientnet-b0@large asks for a size of "large"'],
  ])("refuses %s", async (name, message) => {
    const { code, err } = await cli(["bench", "compare", name, ...quick]);
    expect([code, err.includes(message)]).toEqual([2, true]);
  });

  it("refuses a backend that it does not know", async () => {
    const { err } = await cli(["bench", "compare", "test-efficientnet", "--backend", "engin", ...quick]);
    expect(err).toMatchInlineSnapshot(`
      "error: unknown backend "engin"
        hint: did you mean engine?
      "
    `);
  });
});

describe("efficientnet search table", () => {
  it("times the pieces of a space, and says how far predictions are off", async () => {
    const out = scratch.path("table.json");
    const argv = ["search", "table", out, "--space", "small-v2", "--resolution", "16", "--check", "2"];
    const { code, out: said } = await cli([...argv, ...brief]);
    expect(code).toBe(0);
    expect(said).toMatch(/median error of 2 networks: \d+\.\d %\n$/);
    const { kind, milliseconds, error } = JSON.parse(readFileSync(out, "utf8"));
    expect([kind, error.networks.length]).toEqual(["efficientnet-latency-table", 2]);
    expect(Object.keys(milliseconds)).toContain("stem k3 s2 3>16 silu same @16x16");
  });
});
