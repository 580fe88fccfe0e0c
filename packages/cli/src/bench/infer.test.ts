import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { NetworkProfile, Report } from "@efficientnet/bench";
import { describe, expect, it } from "vitest";
import { cli } from "../testing/cli.js";
import { formatProfile } from "./format-profile.js";

const quick = ["--models", "test-efficientnet", "--size", "32", "--rounds", "2", "--runs", "1", "--warm-up", "1"];

/** In a process of its own, whose contestants then run from source too. */
const inProcess = (args: readonly string[]) =>
  promisify(execFile)(
    process.execPath,
    [
      "--conditions=@efficientnet/source",
      "--import",
      "tsx",
      fileURLToPath(new URL("../main.ts", import.meta.url)),
      ...args,
    ],
    { cwd: fileURLToPath(new URL("../../../..", import.meta.url)) },
  );

describe("bench infer", () => {
  it("races the engine against what is installed, and says so in a table", async () => {
    const { stdout: out, stderr } = await inProcess([
      "bench",
      "infer",
      ...quick,
      "--threads",
      "1",
      "--vs",
      "tfjs,onnxruntime-web",
    ]);
    expect(out).toContain("test-efficientnet, wasm, batch 1, 32 x 32, milliseconds");
    expect(out).toMatch(/^\| ours, 1 thread +\|.*\| +1.00 - 1.00 \| +0e\+0 \|$/m);
    expect(out).toMatch(/^\| onnxruntime-web, 1 thread +\|/m);
    expect(out).toMatch(/^\| tfjs, folded batch norm +\|/m);
    expect(stderr).toBe("");
  });

  it("answers as JSON with every round", async () => {
    const { stdout } = await inProcess(["bench", "infer", ...quick, "--threads", "1,2", "--vs", "tfjs", "--json"]);
    const { measurements } = JSON.parse(stdout) as Report;
    expect(measurements[0]?.timed.map(({ name, times }) => [name, times.length])).toEqual([
      ["ours, 1 thread", 2],
      ["ours, 2 threads", 2],
      ["tfjs, folded batch norm", 2],
    ]);
  });

  it("shows every step beside its floor", async () => {
    const { code, out } = await cli(["bench", "infer", ...quick, "--profile"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^test-efficientnet at 32 x 32, one picture, one thread, (relaxed-)?simd$/m);
    expect(out).toMatch(/^stages\.3\.0\.depthwise +depthwise +\d/m);
    expect(out).toMatch(/ of the multiply-adds that this thread can do$/m);
  });

  it.each([
    [["--vs", "onnxruntime-wob"], 'error: unknown contestant "onnxruntime-wob"\n  hint: did you mean onnxruntime-web'],
    [["--models", "efficientnet-b00"], 'error: unknown model "efficientnet-b00"'],
    [["--threads", "0"], "error: option '--threads <counts>' argument '0' is invalid."],
    [["--models", "a,,b"], "error: option '--models <names>' argument 'a,,b' is invalid."],
  ])("refuses %j", async (wrong, message) => {
    const { code, err } = await cli(["bench", "infer", ...quick, ...wrong]);
    expect(err).toContain(message);
    expect(code).toBe(2);
  });
});

it("a profile sums its steps by kind", () => {
  const step = { name: "stem", kind: "conv", macs: 1e6, multiplyAdds: 1e6, mapBytes: 1e3, weightBytes: 1e3 } as const;
  const profile: NetworkProfile = {
    ...{ model: "net", size: 8, build: "simd", machine: { macsPerSecond: 2e10, bytesPerSecond: 1e10 } },
    steps: [
      { ...step, milliseconds: 0.1, floorMs: 0.05, ratio: 0.5 },
      { ...step, name: "head", multiplyAdds: 0.25e6, milliseconds: 0.3, floorMs: 0.05, ratio: 1 / 6 },
    ],
    ...{ milliseconds: 0.4, floorMs: 0.1, peakShare: 0.25 },
  };
  expect(formatProfile(profile)).toMatchInlineSnapshot(`
    "net at 8 x 8, one picture, one thread, simd
    at best: 20.0 GMAC/s, 10.0 GB/s

    step  kind         ms  floor ms  of floor    MACs    moved  share
    stem  conv      0.100     0.050      50 %  1.00 M  2.00 kB   25 %
    head  conv      0.300     0.050      17 %  1.00 M  2.00 kB   75 %
          all conv  0.400     0.100      25 %  2.00 M  4.00 kB  100 %
          all       0.400     0.100      25 %  2.00 M  4.00 kB  100 %

    0.40 ms, floor 0.10 ms: 25 % of the multiply-adds that this thread can do
    Winograd's form does 1.25 M of the 2.00 M multiply-adds; floors are of what is done"
  `);
});
