import { compilePlan, type Plan, type ReadTensor } from "@efficientnet/plan";
import { type CreateEngineOptions, createEngine, type EngineOutput } from "@efficientnet/wasm";
import { canonicalWeights, specForArch, specFromCheckpoint } from "@efficientnet/weights";
import type { NetReport } from "./check-net.js";
import { compareLogits, compareSummary } from "./compare.js";
import { goldenCheckpoint, goldenInput, type NetGolden } from "./net-golden.js";

/** Runs a golden through a compiled plan, once on each engine, and says how far each is from the reference. */
export async function checkEngines(
  golden: NetGolden,
  engines: readonly CreateEngineOptions[],
): Promise<readonly NetReport[]> {
  const { plan, names } = planOf(golden);
  const input = goldenInput(golden.input);
  const reports: NetReport[] = [];
  for (const options of engines) {
    const engine = await createEngine(plan, options);
    try {
      reports.push(reportOf(golden, names, await engine.run(input)));
    } finally {
      engine.dispose();
    }
  }
  return reports;
}

/** The plan, and the golden's name of each map that it hands out. */
export function planOf(
  golden: NetGolden,
  examples = golden.input[0],
  remember = (read: ReadTensor): ReadTensor => read,
): { readonly plan: Plan; readonly names: ReadonlyMap<string, string> } {
  const checkpoint = goldenCheckpoint(golden);
  const spec = specFromCheckpoint(specForArch(golden.family, golden.arch), checkpoint);
  const weights = canonicalWeights(spec, checkpoint);
  // The goldens name stages from 1.
  const stages = spec.stages.map((_, stage): [string, string] => [`stages.${stage}`, `stage${stage + 1}`]);
  const names = new Map([["stem", "stem"], ...stages, ["head", "head"]]);
  const [, height, width] = golden.input;
  const imageSize = { height, width };
  const outputs = [...names.keys(), "logits"];
  return {
    plan: compilePlan(
      spec,
      remember((name) => weights.read(name)),
      { imageSize, batch: examples, outputs },
    ),
    names,
  };
}

/** How far answers are from the golden. */
export function reportOf(
  golden: NetGolden,
  names: ReadonlyMap<string, string>,
  answers: Readonly<Record<string, EngineOutput>>,
): NetReport {
  let worst = { feature: 0, where: "none" };
  for (const [name, where] of names) {
    const [answer, expected] = [answers[name], golden.features[where]];
    if (answer === undefined || expected === undefined) continue;
    const feature = compareSummary(answer.values, answer.shape, expected);
    if (!(feature <= worst.feature)) worst = { feature, where };
  }
  return { logits: compareLogits(answers.logits?.values ?? [], golden.logits), ...worst };
}
