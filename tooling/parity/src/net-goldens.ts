import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { type GoldenKind, isRecord } from "./golden.js";
import type { NetGolden } from "./net-golden.js";

/** Networks filled by formula, with a reference library's maps and logits. */
export const netGoldens: GoldenKind = (file, content) => {
  if (!isRecord(content) || !("batchNormScale" in content && "tensors" in content && "logits" in content)) return [];
  const name = basename(file, ".json");
  return [
    {
      kind: "net",
      name,
      async check({ backend, checkNet }) {
        const golden = JSON.parse(readFileSync(file, "utf8")) as NetGolden;
        const { logits, feature, where } = await checkNet(golden);
        // A float32 answer against a float64 reference, in standard deviations. The graphics backends add in another
        // order and with wider operations, which costs a digit.
        const tolerance = backend === "webgl" || backend === "webgpu" ? 1e-3 : 1e-4;
        return [{ name, worst: logits, feature, where, tolerance }];
      },
    },
  ];
};
