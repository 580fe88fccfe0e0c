import { getSpec } from "@efficientnet/specs";
import { afterAll, describe, expect, it } from "vitest";
import { cli } from "../testing/cli.js";
import { createScratch } from "../testing/scratch.js";
import { TEST_MODEL, testWeights } from "../testing/test-weights.js";

const scratch = createScratch();
afterAll(() => scratch.remove());
const weights = scratch.write("tiny.safetensors", testWeights());

describe("list", () => {
  it("has a line for every network", async () => {
    const { code, out, err } = await cli(["list"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^efficientnet-b7 +66\.3 M +37\.7 G +600 +2560$/m);
    expect(out).not.toContain("keras/");
  });

  it("lists published weights too when asked", async () => {
    const { out } = await cli(["list", "--weights"]);
    expect(out).toMatch(/^keras\/EfficientNetV2S +efficientnetv2-s +1000 +384 +83\.9 +Apache-2\.0$/m);
  });

  it("has exact numbers as JSON", async () => {
    const { networks, weights } = JSON.parse((await cli(["--json", "list", "--weights"])).out);
    expect(networks[0]).toEqual({
      name: "efficientnet-b0",
      parameters: 5_288_548,
      macs: 385_814_752,
      resolution: 224,
      embedding: 1280,
    });
    expect(weights).toContainEqual({
      id: "keras/EfficientNetB0",
      network: "efficientnet-b0",
      classes: 1000,
      imageSize: 224,
      licence: "Apache-2.0",
      top1: 77.1,
    });
    expect(JSON.parse((await cli(["list", "--json"])).out)).not.toHaveProperty("weights");
  });
});

describe("inspect", () => {
  it("shows a network stage by stage, at the size its pictures have", async () => {
    const { code, out } = await cli(["inspect", TEST_MODEL]);
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "network     test-efficientnet, 1000 classes
      embedding   256 values
      input       160 x 160 pixels, batch 1
      pictures    resize-crop, pillow bicubic, mean 0.485 0.456 0.406, std 0.229 0.224 0.225
      padding     symmetric
      batch norm  epsilon 0.00001

      part        layout               input          output        parameters  buffers    MACs  activations    moved  FLOP/byte
      stem        conv k3 s2           [1,160,160,3]  [1,80,80,24]         696       48  4.15 M        154 k   924 kB        9.0
      stages.0    fused-mbconv1 k3 s1  [1,80,80,24]   [1,80,80,16]      3.49 k       32  22.1 M        102 k  1.04 MB       42.6
      stages.1    fused-mbconv4 k3 s2  [1,80,80,16]   [1,40,40,24]      10.9 k      176  17.2 M        141 k  1.43 MB       24.1
      stages.2    fused-mbconv4 k3 s2  [1,40,40,24]   [1,20,20,32]      24.1 k      256  9.52 M       51.2 k   607 kB       31.4
      stages.3    mbconv4 k3 s2        [1,20,20,32]   [1,10,10,48]      14.2 k      608  2.37 M       68.9 k   790 kB        6.0
      stages.4    mbconv4 k3 s2        [1,10,10,48]   [1,5,5,64]        28.9 k      896  1.28 M       25.8 k   387 kB        6.6
      head        conv k1 s1           [1,5,5,64]     [1,5,5,256]       16.9 k      512   410 k       6.40 k  97.5 kB        8.4
      classifier  dense                [1,256]        [1,1000]           257 k        0   256 k       1.00 k  1.03 MB        0.5
      total                                                              356 k   2.53 k  57.3 M        550 k  6.30 MB       18.2
      "
    `);
  });

  it.each([
    ["a variant", "EfficientNet_B0", 224],
    ["published weights", "keras/EfficientNetV2S", 384],
    ["a library's architecture", "torchvision/efficientnet_v2_s", 384],
  ])("knows %s", async (_, name, imageSize) => {
    const { code, out } = await cli(["inspect", name, "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ imageSize, batch: 1, spec: { head: { classes: 1000 } } });
  });

  it("costs what the size and the batch say", async () => {
    const at = async (...options: string[]) =>
      JSON.parse((await cli(["inspect", "efficientnet-b0", "--json", ...options])).out);
    const usual = await at();
    const smaller = await at("--resolution", "112");
    const other = await at("--resolution", "112", "--batch", "4");
    expect(usual.total).toMatchObject({ macs: 385_814_752, parameters: 5_288_548, buffers: 42_016 });
    expect(other).toMatchObject({ imageSize: 112, batch: 4, parts: { 0: { input: [4, 112, 112, 3] } } });
    expect(smaller.total.macs).toBeLessThan(usual.total.macs / 3.5);
    expect(other.total.macs).toBe(4 * smaller.total.macs);
    expect(other.total.weights).toBe(smaller.total.weights);
  });

  it("can show every block, which together are the network", async () => {
    const { parts, total } = JSON.parse((await cli(["inspect", "efficientnetv2-b0", "--blocks", "--json"])).out);
    const { out } = await cli(["inspect", "efficientnetv2-b0", "--blocks"]);
    expect(out).toMatch(/^stages\.1\.1 +fused-mbconv4 k3 s1 +\[1,56,56,32\] +\[1,56,56,32\]/m);
    expect(parts).toHaveLength(24);
    for (const what of ["macs", "parameters", "buffers", "activations", "bytesMoved"]) {
      const sum = parts.reduce((total: number, part: Record<string, number>) => total + (part[what] ?? 0), 0);
      expect([what, sum]).toEqual([what, total[what]]);
    }
  });

  it("takes a spec that it wrote, changed by hand", async () => {
    const { spec } = JSON.parse((await cli(["inspect", "efficientnet-b0", "--json"])).out);
    expect(spec).toEqual(getSpec("efficientnet-b0"));
    const mine = { ...spec, name: "mine", head: { channels: 640, classes: null } };
    const file = scratch.write("mine.json", JSON.stringify(mine));
    const { code, out } = await cli(["inspect", file]);
    expect(code).toBe(0);
    expect(out).toMatch(/^network +mine, no classifier$/m);
    expect(out).toMatch(/^embedding +640 values$/m);
  });

  it("says what a weights file is", async () => {
    const { code, out } = await cli(["inspect", weights]);
    expect(code).toBe(0);
    expect(scratch.strip(out)).toMatchInlineSnapshot(`
      "file     tiny.safetensors
      format   safetensors, 75 arrays, F32
      names    timm
      network  test-efficientnet
      classes  3
      fits     yes
      run as   timm/test_efficientnet
      "
    `);
    expect(JSON.parse((await cli(["inspect", weights, "--json"])).out)).toMatchObject({
      family: "timm",
      variants: ["test-efficientnet"],
      score: 1,
      classes: 3,
      publishedAs: ["timm/test_efficientnet"],
    });
  });

  it("says what keeps a weights file from fitting", async () => {
    const spoilt = testWeights({
      spoil: (arrays) =>
        arrays
          .filter(([name]) => name !== "bn1.bias")
          .map(([name, array]) => [name === "bn1.weight" ? "bn1.wait" : name, array]),
    });
    const { code, out } = await cli(["inspect", scratch.write("spoilt.safetensors", spoilt)]);
    expect(code).toBe(0);
    expect(scratch.strip(out)).toMatchInlineSnapshot(`
      "file        spoilt.safetensors
      format      safetensors, 74 arrays, F32
      names       timm
      network     test-efficientnet (95 % alike)
      classes     3
      fits        no
      missing     bn1.weight, bn1.bias
      unexpected  bn1.wait
      run as      timm/test_efficientnet
      "
    `);
  });
});

describe("backends", () => {
  it("says what runs here and in which order it is tried", async () => {
    const { code, out } = await cli(["backends"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^wasm +yes +1 /m);
    expect(out).toMatch(/^cpu +yes +2 /m);
    expect(out).toMatch(/^webgl +no +Node has no WebGL; use the wasm backend$/m);
  });

  it("is all there is to know as JSON", async () => {
    const found = JSON.parse((await cli(["backends", "--json"])).out);
    expect(found).toMatchObject({ runtime: "node", order: ["wasm", "cpu"], backends: { cpu: { available: true } } });
  });
});
