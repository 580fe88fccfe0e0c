import { compilePlan, type Plan } from "@efficientnet/plan";
import { type ArchitectureSpec, tensorShapes } from "@efficientnet/specs";
import { createEngine } from "@efficientnet/wasm";
import type { Piece } from "../table/piece.js";
import type { Device } from "./device.js";
import type { Task } from "./task.js";
import { timingWeights } from "./timing-weights.js";

export interface EngineDeviceOptions {
  /** 1 unless given, so that times do not depend on what else the machine does. */
  readonly threads?: number | undefined;
}

/** Networks timed on the engine that needs no tfjs. */
export async function engineDevice({ threads = 1 }: EngineDeviceOptions = {}): Promise<Device> {
  const open = async (name: string, plan: Plan): Promise<Task> => {
    const engine = await createEngine(plan, { threads });
    const { height = 0, width = 0, channels = 0 } = plan.buffers[plan.input] ?? {};
    const input = new Float32Array(plan.batch * height * width * channels).fill(0.5);
    return {
      name,
      async run(times) {
        for (let i = 0; i < times; i++) await engine.run(input);
      },
      dispose: () => engine.dispose(),
    };
  };
  return {
    name: "engine",
    description: `wasm engine, ${threads === 1 ? "1 thread" : `${threads} threads`}`,
    openNetwork: (spec, { imageSize, batch }) => open(spec.name, compile(spec, imageSize, batch)),
    openPiece: (piece, batch) => open(piece.geometry, cutPiece(piece, batch)),
  };
}

function compile(spec: ArchitectureSpec, imageSize: Size, batch: number, outputs?: readonly string[]): Plan {
  const tensors = new Map(tensorShapes(spec).map((tensor) => [tensor.name, tensor]));
  const read = (name: string) => timingWeights(tensors.get(name) ?? { name, shape: [], role: "bias" });
  return compilePlan(spec, read, { imageSize, batch, outputs });
}

type Size = number | { readonly height: number; readonly width: number };

/**
 * The steps of a piece alone. Its input stays in the arena from run to run and its output is not handed out, for in a
 * network neither is copied.
 */
function cutPiece({ spec, name, input: [height, width] }: Piece, batch: number): Plan {
  const last = name === "tail" ? (spec.head.classes === null ? "embedding" : "logits") : name;
  const plan = compile(spec, { height, width }, batch, [last]);
  const steps = plan.steps.filter((step) => name === "stem" || step.name !== "stem");
  // Four floats that stand for the pictures, for the engine wants some.
  const token = { name: "token", height: 1, width: 1, channels: 4, offset: plan.arenaSize, firstStep: -1, lastStep: 0 };
  return {
    ...plan,
    steps,
    outputs: [],
    buffers: [...plan.buffers, token],
    input: plan.buffers.length,
    arenaSize: plan.arenaSize + 4 * batch,
  };
}
