import { describeMachine } from "@efficientnet/bench";
import * as tf from "@tensorflow/tfjs-core";

/** Processor, cores, system and Node, in one line. */
export function machineLine(): string {
  const { cpu, cores, system, node } = describeMachine();
  return `${cpu}, ${cores} cores, ${system}, Node ${node}`;
}

/** What computes here, by package. */
export function computingVersions(version = "source"): Readonly<Record<string, string>> {
  return { "@efficientnet/search": version, "@tensorflow/tfjs-core": tf.version_core };
}
