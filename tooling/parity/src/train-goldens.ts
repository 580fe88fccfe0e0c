import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Finding, Golden, GoldenKind } from "./golden.js";
import { isRecord } from "./golden.js";
import type { Runner } from "./runner.js";
import type { BlocksGolden, StepsGolden, TensorReport } from "./train-golden.js";

/** Training against PyTorch: blocks with all their gradients, and networks over some steps of RMSProp. */
export const trainGoldens: GoldenKind = (file, content) => {
  if (!isRecord(content)) return [];
  const read = <T>() => JSON.parse(readFileSync(file, "utf8")) as T;
  if ("lossPerStep" in content) {
    const name = basename(file, ".json");
    return [train(name, (runner) => runner.checkSteps(read<StepsGolden>()))];
  }
  if (!isRecord(content.blocks) || !isRecord(content.batchNorm)) return [];
  return Object.keys(content.blocks).map((name) =>
    train(name, (runner) => {
      const { blocks, batchNorm } = read<BlocksGolden>();
      return runner.checkBlock(name, blocks[name]!, batchNorm);
    }),
  );
};

function train(name: string, check: (runner: Runner) => Promise<readonly TensorReport[]>): Golden {
  return {
    kind: "train",
    name,
    async check(runner): Promise<readonly Finding[]> {
      // Of each tensor's largest value; losses, of themselves. See compare-tensors.ts for tensors that are 0.
      const tolerance = runner.backend === "webgl" || runner.backend === "webgpu" ? 1e-3 : 1e-4;
      return (await check(runner)).map((report) => ({ ...report, name: `${name} ${report.name}`, tolerance }));
    },
  };
}
