import { availableParallelism, cpus, platform, release } from "node:os";
import * as tf from "@tensorflow/tfjs-core";

/** Processor, cores, system and Node, in one line. */
export function describeMachine(): string {
  const cpu = cpus()[0]?.model.trim() ?? "unknown processor";
  return `${cpu}, ${availableParallelism()} cores, ${platform()} ${release()}, Node ${process.versions.node}`;
}

/** What computes here, by package. */
export function computingVersions(version = "source"): Readonly<Record<string, string>> {
  return { "@efficientnet/search": version, "@tensorflow/tfjs-core": tf.version_core };
}
