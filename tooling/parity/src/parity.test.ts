import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findGoldens } from "./find-goldens.js";
import { checkGolden, formatRow, type Row } from "./report.js";
import { openRunner, type Runner } from "./runner.js";

const nets = fileURLToPath(new URL("../../reference/goldens/nets/", import.meta.url));

/** Every family, both paddings, odd and non-square sizes; the small ones, since the browser's devices are software here. */
const IN_THE_BROWSER = [
  "timm.efficientnet_b0.225x191",
  "timm.tf_efficientnet_b0.225x191",
  "timm.tf_efficientnetv2_b0.193x257",
  "timm.efficientnetv2_rw_t.160x160",
  "timm.test_efficientnet.160x160",
  "timm.tf_efficientnet_lite0.224x224",
  "timm.tf_efficientnet_es.224x224",
  "timm.mnasnet_small.224x224",
  "timm.semnasnet_100.224x224",
  "torchvision.efficientnet_b0.224x224",
];
const EVERYWHERE = readdirSync(nets).map((file) => file.replace(/\.json$/, ""));

describe.each([
  ["wasm", EVERYWHERE],
  ["webgl", IN_THE_BROWSER],
  ["webgpu", IN_THE_BROWSER],
] as const)("on %s", (backend, names) => {
  let runner: Runner;
  beforeAll(async () => {
    runner = await openRunner(backend);
  });
  afterAll(() => runner?.close());

  it.each(names)("%s answers as its library does, from the stem to the logits", async (name) => {
    const [golden] = findGoldens(join(nets, `${name}.json`));
    const rows = await checkGolden(golden!, runner);
    expect(rows.map(formatRow).join("\n")).toMatch(/ ok$/);
  });
});

describe("checkGolden", () => {
  const runnerOf = (report: { logits: number; feature: number }): Runner => ({
    backend: "wasm",
    checkNet: async () => ({ ...report, where: "head" }),
    answerPictures: async () => ({ labels: null, rows: [] }),
    checkBlock: async () => [],
    checkSteps: async () => [],
    logitsOfFile: async () => new Float32Array(),
    close: async () => undefined,
  });
  const check = async (report: { logits: number; feature: number }): Promise<Row | undefined> => {
    const [golden] = findGoldens(join(nets, "timm.test_efficientnet.160x160.json"));
    return (await checkGolden(golden!, runnerOf(report)))[0];
  };

  it.each([
    [9e-5, 9e-5, true],
    [2e-4, 0, false],
    [0, 2e-4, false],
    [Number.NaN, 0, false],
  ])("a logit off by %d and a map off by %d of a deviation: %s", async (logits, feature, ok) => {
    expect((await check({ logits, feature }))?.ok).toBe(ok);
  });

  it("turns an error into a failed row", async () => {
    const [golden] = findGoldens(join(nets, "timm.test_efficientnet.160x160.json"));
    const failing = { ...runnerOf({ logits: 0, feature: 0 }), checkNet: () => Promise.reject(new Error("no device")) };
    expect(await checkGolden(golden!, failing)).toMatchObject([{ ok: false, error: "no device" }]);
  });
});
