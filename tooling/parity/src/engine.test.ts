import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import type { CreateEngineOptions } from "@efficientnet/wasm";
import { describe, expect, it } from "vitest";
import { checkEngines } from "./check-engine.js";
import type { NetGolden } from "./net-golden.js";

const [major = 0] = process.versions.node.split(".").map(Number);
if (major < 22) setFlagsFromString("--experimental-wasm-relaxed-simd");

const folder = fileURLToPath(new URL("../../reference/goldens/nets/", import.meta.url));
const read = (name: string) => JSON.parse(readFileSync(`${folder}${name}.json`, "utf8")) as NetGolden;

/** Its kernels are mixed per example, which a plan does not do. */
const CONDCONV = "timm.tf_efficientnet_cc_b0_4e.224x224";
/** 480 million parameters are held three times while it is packed: 6 GB, more than a test may ask for. */
const TOO_LARGE = "timm.tf_efficientnet_l2.96x96";

const names = readdirSync(folder)
  .map((file) => file.replace(/\.json$/, ""))
  .filter((name) => name !== CONDCONV && name !== TOO_LARGE);

const ENGINES: readonly CreateEngineOptions[] = [
  { build: "simd", threads: 1 },
  { build: "relaxed-simd", threads: 2 },
];

/** In standard deviations of the map or of the logits; float32 against a float64 reference. */
const TOLERANCE = 1e-4;

describe("a plan on the WebAssembly engine", () => {
  it.each(names)("%s answers as its library does, from the stem to the logits, with both builds", async (name) => {
    for (const report of await checkEngines(read(name), ENGINES)) {
      expect(report.logits).toBeLessThanOrEqual(TOLERANCE);
      expect(report.feature, report.where).toBeLessThanOrEqual(TOLERANCE);
    }
  });

  it("says that it does not serve CondConv", async () => {
    await expect(checkEngines(read(CONDCONV), ENGINES)).rejects.toMatchObject({ code: "unsupported" });
  });
});
