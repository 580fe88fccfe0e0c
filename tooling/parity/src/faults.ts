import type { ModeReport } from "./check-modes.js";

/** In standard deviations of the map or of the logits; float32 against a float64 reference. */
const ENGINE_TOLERANCE = 1e-4;

/** What is wrong with the reports of one golden's modes, a sentence each. */
export function faultsOf(reports: readonly ModeReport[]): readonly string[] {
  const digests = new Map(reports.map(({ build, digest }) => [build, digest]));
  return reports.flatMap(({ build, threads, running, logits, feature, where, repeats, independent, digest }) => {
    const mode = `${build} on ${threads} threads`;
    return [
      ...(logits <= ENGINE_TOLERANCE ? [] : [`${mode} is ${logits.toExponential(1)} off in the logits`]),
      ...(feature <= ENGINE_TOLERANCE ? [] : [`${mode} is ${feature.toExponential(1)} off in ${where}`]),
      ...(running === threads ? [] : [`${mode} ran on ${running}`]),
      ...(repeats ? [] : [`${mode} gave other bits when it ran again`]),
      ...(independent ? [] : [`${mode} gave an example other bits beside another`]),
      ...(digest === digests.get(build)
        ? []
        : [`${mode} gave other bits than on ${otherThreads(reports, build)} threads`]),
    ];
  });
}

const otherThreads = (reports: readonly ModeReport[], build: string) =>
  reports.filter((report) => report.build === build).at(-1)?.threads;
