import type { BackendName } from "@efficientnet/backends";

/** What computes the network. */
export type Engine = WasmEngine | TfjsEngine | OnnxEngine | TorchEngine;

/** This project's engine without tfjs. */
export interface WasmEngine {
  readonly kind: "engine";
  readonly threads: number;
}

export interface TfjsEngine {
  /** `model`: this project's model on tfjs. `tfjs`: the same network in stock tfjs operations. */
  readonly kind: "model" | "tfjs";
  readonly backend: BackendName;
  /** Folded into the convolutions, which then add their bias in the same kernel; or an operation of its own. */
  readonly batchNorm: "folded" | "separate";
}

export interface OnnxEngine {
  readonly kind: "onnxruntime-web" | "onnxruntime-node";
  readonly threads: number;
}

/** PyTorch, eager, in a Python of its own. */
export interface TorchEngine {
  readonly kind: "pytorch";
  /** Batch norms folded and maps channels last by hand; or as a module in evaluation mode runs. */
  readonly tuned: boolean;
  readonly threads: number;
}

/** What ours can be held against. */
export const RIVALS = [
  "onnxruntime-web",
  "onnxruntime-node",
  "tfjs",
  "tfjs-separate",
  "model",
  "pytorch",
  "pytorch-tuned",
] as const;
export type Rival = (typeof RIVALS)[number];

/**
 * The contestants on one backend, ours first: on wasm the engine without tfjs at every number of threads, elsewhere the
 * model on tfjs, which alone meets only other tfjs.
 */
export function enginesFor(
  backend: BackendName,
  rivals: readonly Rival[],
  threads: readonly number[],
): readonly Engine[] {
  const model: Engine = { kind: "model", backend, batchNorm: "folded" };
  const onWasm = (one: (threads: number) => Engine) => (backend === "wasm" ? threads.map(one) : []);
  const ours = backend === "wasm" ? onWasm((count) => ({ kind: "engine", threads: count })) : [model];
  return [
    ...ours,
    ...rivals.flatMap((rival): readonly Engine[] => {
      switch (rival) {
        case "model":
          return backend === "wasm" ? [model] : [];
        case "tfjs":
          return [{ kind: "tfjs", backend, batchNorm: "folded" }];
        case "tfjs-separate":
          return [{ kind: "tfjs", backend, batchNorm: "separate" }];
        case "pytorch":
        case "pytorch-tuned":
          return onWasm((count) => ({ kind: "pytorch", tuned: rival === "pytorch-tuned", threads: count }));
        default:
          return onWasm((count) => ({ kind: rival, threads: count }));
      }
    }),
  ];
}

/** tfjs has one thread in Node. */
const threadsOf = (engine: Engine): number => ("threads" in engine ? engine.threads : 1);

/** Which of ours a contestant is held against: that of as many threads, else the first. */
export function opponentOf(engine: Engine, engines: readonly Engine[]): Engine | undefined {
  const alike = engines.find((one) => one.kind === "engine" && one.threads === threadsOf(engine));
  return alike ?? engines[0];
}

export function engineName(engine: Engine): string {
  switch (engine.kind) {
    case "engine":
      return `ours, ${threadsText(engine.threads)}`;
    case "model":
      return "ours on tfjs";
    case "tfjs":
      return engine.batchNorm === "folded" ? "tfjs, folded batch norm" : "tfjs, separate batch norm";
    case "pytorch":
      return `PyTorch eager${engine.tuned ? ", tuned" : ""}, ${threadsText(engine.threads)}`;
    default:
      return `${engine.kind}, ${threadsText(engine.threads)}`;
  }
}

const threadsText = (threads: number) => (threads === 1 ? "1 thread" : `${threads} threads`);
