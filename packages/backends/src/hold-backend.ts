import * as tf from "@tensorflow/tfjs-core";
import type { BackendName } from "./backend-name.js";

/** A backend made for the tfjs engine, and what to undo when nobody needs it any more. */
export interface CreatedBackend<B extends tf.KernelBackend> {
  readonly backend: B;
  close?(): void;
}

/** One share in a backend of the engine. */
export interface HeldBackend<B extends tf.KernelBackend> {
  readonly backend: B;
  /** Gives the backend back; the last holder frees it, with every tensor that lives on it. */
  release(): void;
}

interface Holding {
  readonly backend: tf.KernelBackend;
  readonly free: () => void;
  holders: number;
}

const PRIORITY: Readonly<Record<BackendName, number>> = { webgpu: 3, webgl: 2, wasm: 2, cpu: 1 };

const holdings = new Map<BackendName, Holding>();
let queue: Promise<unknown> = Promise.resolve();

/**
 * Makes a backend the active one of the tfjs engine, creating it unless the engine has it already. Holders share one
 * instance. An instance that was there before the first holder is never freed here: it belongs to somebody else.
 *
 * The engine's own initialisation logs a failure and answers `false`; creating the instance first keeps the error.
 */
export function holdBackend<B extends tf.KernelBackend>(
  name: BackendName,
  create: () => Promise<CreatedBackend<B>>,
): Promise<HeldBackend<B>> {
  const turn = queue.then(async () => {
    const holding = current(name) ?? (await start(name, create));
    holding.holders++;
    await tf.setBackend(name);
    let held = true;
    return {
      backend: holding.backend as B,
      release() {
        if (!held) return;
        held = false;
        holding.holders--;
        if (holding.holders === 0) holding.free();
      },
    };
  });
  queue = turn.catch(() => undefined);
  return turn;
}

/** The holding of that name, unless someone removed its backend from the engine. */
function current(name: BackendName): Holding | undefined {
  const holding = holdings.get(name);
  return holding !== undefined && tf.engine().registry[name] === holding.backend ? holding : undefined;
}

async function start<B extends tf.KernelBackend>(
  name: BackendName,
  create: () => Promise<CreatedBackend<B>>,
): Promise<Holding> {
  const existing = tf.engine().registry[name];
  if (existing !== undefined) {
    const holding = { backend: existing, holders: 0, free: () => holdings.delete(name) };
    holdings.set(name, holding);
    return holding;
  }
  const created = await create();
  const original = tf.findBackendFactory(name);
  register(name, () => created.backend);
  const holding: Holding = {
    backend: created.backend,
    holders: 0,
    free() {
      holdings.delete(name);
      if (tf.engine().registry[name] === created.backend) register(name, original);
      created.close?.();
      const [other] = [...holdings.keys()].reverse();
      if (other !== undefined && tf.getBackend() !== other) void tf.setBackend(other);
    },
  };
  holdings.set(name, holding);
  return holding;
}

/** Replaces the engine's factory; removing the old entry also disposes its instance. */
function register(name: BackendName, factory: ReturnType<typeof tf.findBackendFactory> | null): void {
  if (tf.findBackendFactory(name)) tf.removeBackend(name);
  if (factory) tf.registerBackend(name, factory, PRIORITY[name]);
}
