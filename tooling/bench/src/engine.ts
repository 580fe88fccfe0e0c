import type { BackendName } from "@efficientnet/backends";

/** What computes the network. */
export type Engine = TfjsEngine | WasmEngine | OnnxEngine;

export interface TfjsEngine {
  /** `ours`: this project's model. `tfjs`: the same network in stock tfjs operations. */
  readonly kind: "ours" | "tfjs";
  readonly backend: BackendName;
  /** Folded into the convolutions, which then add their bias in the same kernel; or an operation of its own. */
  readonly batchNorm: "folded" | "separate";
}

/** This project's engine without tfjs. */
export interface WasmEngine {
  readonly kind: "ours-without-tfjs";
  readonly threads: number;
}

export interface OnnxEngine {
  readonly kind: "onnxruntime-web" | "onnxruntime-node";
  readonly threads: number;
}

/** What ours can be held against. */
export const RIVALS = ["tfjs", "onnxruntime-web", "onnxruntime-node"] as const;
export type Rival = (typeof RIVALS)[number];

/** The contestants on one backend, ours first. ONNX Runtime is measured beside the backends that run in this process. */
export function enginesFor(
  backend: BackendName,
  rivals: readonly Rival[],
  threads: readonly number[],
): readonly Engine[] {
  const inBrowser = runsInBrowser(backend);
  return [
    { kind: "ours", backend, batchNorm: "folded" },
    ...(backend === "wasm" ? threads : []).map((count): Engine => ({ kind: "ours-without-tfjs", threads: count })),
    ...rivals.flatMap((rival): readonly Engine[] => {
      if (rival === "tfjs") {
        return (["folded", "separate"] as const).map((batchNorm) => ({ kind: "tfjs", backend, batchNorm }));
      }
      return inBrowser ? [] : threads.map((count) => ({ kind: rival, threads: count }));
    }),
  ];
}

/** webgl and webgpu are measured where they are used, in a browser. */
export const runsInBrowser = (backend: BackendName): boolean => backend === "webgl" || backend === "webgpu";

export function engineName(engine: Engine): string {
  switch (engine.kind) {
    case "ours":
      return "ours";
    case "tfjs":
      return engine.batchNorm === "folded" ? "tfjs, folded batch norm" : "tfjs, separate batch norm";
    case "ours-without-tfjs":
      return `ours without tfjs, ${engine.threads} thread${engine.threads === 1 ? "" : "s"}`;
    default:
      return `${engine.kind}, ${engine.threads} thread${engine.threads === 1 ? "" : "s"}`;
  }
}

export const isTfjs = (engine: Engine): engine is TfjsEngine => engine.kind === "ours" || engine.kind === "tfjs";
