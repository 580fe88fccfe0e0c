import { countMacs, countParameters } from "@efficientnet/specs";
import type { Device } from "../measure/device.js";
import type { Drift } from "../measure/drift.js";
import type { Spread } from "../measure/spread.js";
import type { Task } from "../measure/task.js";
import type { TurnsOptions } from "../measure/time-in-turns.js";
import { type SizedNetwork, timeNetworks, timeTasks } from "../measure/time-networks.js";

/** How fast a network learns. */
export interface TrainingSpeed {
  readonly batch: number;
  /** Milliseconds of a step: forward and backward pass, and the optimiser. */
  readonly milliseconds: Spread;
  readonly imagesPerSecond: number;
}

/** What a network is and costs, by count and by the clock. */
export interface ComparedNetwork {
  readonly name: string;
  readonly imageSize: number;
  /** Trainable parameters. */
  readonly parameters: number;
  /** Multiply-adds of one picture. */
  readonly macs: number;
  /** Milliseconds of inference for the whole batch. */
  readonly milliseconds: Spread;
  readonly imagesPerSecond: number;
  /** Null where training was not timed. */
  readonly training: TrainingSpeed | null;
}

/** Networks side by side on one device. */
export interface Comparison {
  /** Pictures at once in inference. */
  readonly batch: number;
  readonly device: Pick<Device, "name" | "description">;
  readonly networks: readonly ComparedNetwork[];
  readonly drift: Drift;
}

export interface CompareOptions extends TurnsOptions {
  /** Pictures at once in inference, 1 unless given. */
  readonly batch?: number | undefined;
  /** How a training step is opened, and of how many pictures; training is not timed unless given. */
  readonly training?:
    | { readonly batch: number; readonly rounds?: number; open(network: SizedNetwork, batch: number): Promise<Task> }
    | undefined;
}

/**
 * Networks side by side: parameters, multiply-adds, and latency timed in turns; then training steps, also in turns, 3
 * rounds unless told.
 *
 * @throws as `timeInTurns` and the device do.
 */
export async function compareNetworks(
  device: Device,
  networks: readonly SizedNetwork[],
  { batch = 1, training, onProgress = () => undefined, ...turns }: CompareOptions = {},
): Promise<Comparison> {
  const half = (from: number) => ({ onProgress: (done: number) => onProgress(training ? from + done / 2 : done) });
  const { spreads, drift } = await timeNetworks(device, networks, { batch, ...turns, ...half(0) });
  const steps =
    training === undefined
      ? undefined
      : await timeTasks(
          device,
          networks.map((network) => () => training.open(network, training.batch)),
          { ...turns, rounds: training.rounds ?? 3, warmUpMs: 0, ...half(0.5) },
        );
  const speedOf = (milliseconds: Spread | undefined): TrainingSpeed | null =>
    milliseconds === undefined || training === undefined
      ? null
      : { batch: training.batch, milliseconds, imagesPerSecond: (1000 * training.batch) / milliseconds.median };
  const { name, description } = device;
  return {
    batch,
    device: { name, description },
    networks: networks.map(({ spec, imageSize }, i): ComparedNetwork => {
      const milliseconds = spreads[i] as Spread;
      return {
        name: spec.name,
        imageSize,
        parameters: countParameters(spec).trainable,
        macs: countMacs(spec, imageSize).total,
        milliseconds,
        imagesPerSecond: (1000 * batch) / milliseconds.median,
        training: speedOf(steps?.spreads[i]),
      };
    }),
    drift,
  };
}
