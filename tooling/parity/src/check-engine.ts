import { compilePlan } from "@efficientnet/plan";
import { expandBlocks } from "@efficientnet/specs";
import { type CreateEngineOptions, createEngine } from "@efficientnet/wasm";
import { canonicalWeights, specForArch, specFromCheckpoint } from "@efficientnet/weights";
import type { NetReport } from "./check-net.js";
import { compareLogits, compareSummary } from "./compare.js";
import { goldenCheckpoint, goldenInput, type NetGolden } from "./net-golden.js";

/** Runs a golden through a compiled plan on the WebAssembly engine and says how far it is from the reference. */
export async function checkEngine(golden: NetGolden, options: CreateEngineOptions): Promise<NetReport> {
  const checkpoint = goldenCheckpoint(golden);
  const spec = specFromCheckpoint(specForArch(golden.family, golden.arch), checkpoint);
  const weights = canonicalWeights(spec, checkpoint);
  const stages = new Set(expandBlocks(spec).map(({ stage }) => stage));
  // The goldens name stages from 1.
  const names = new Map([
    ["stem", "stem"],
    ["head", "head"],
  ]);
  for (const stage of stages) names.set(`stages.${stage}`, `stage${stage + 1}`);
  const [batch, height, width] = golden.input;
  const plan = compilePlan(spec, (name) => weights.read(name), {
    imageSize: { height, width },
    batch,
    outputs: [...names.keys(), "logits"],
  });
  const engine = await createEngine(plan, options);
  try {
    const answers = await engine.run(goldenInput(golden.input));
    const logits = answers.logits;
    if (logits === undefined) throw new Error("the engine gave no logits");
    let worst = { feature: 0, where: "none" };
    for (const [name, where] of names) {
      const [answer, expected] = [answers[name], golden.features[where]];
      if (answer === undefined || expected === undefined) continue;
      const feature = compareSummary(answer.values, answer.shape, expected);
      if (!(feature <= worst.feature)) worst = { feature, where };
    }
    return { logits: compareLogits(logits.values, golden.logits), ...worst };
  } finally {
    engine.dispose();
  }
}
