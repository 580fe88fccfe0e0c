import { countMacs, countParameters } from "@efficientnet/specs";
import type { Device } from "../measure/device.js";
import type { Drift } from "../measure/drift.js";
import type { Spread } from "../measure/spread.js";
import type { TurnsOptions } from "../measure/time-in-turns.js";
import { type SizedNetwork, timeNetworks } from "../measure/time-networks.js";

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
}

/** Networks side by side on one device. */
export interface Comparison {
  readonly batch: number;
  readonly device: Pick<Device, "name" | "description">;
  readonly networks: readonly ComparedNetwork[];
  readonly drift: Drift;
}

/**
 * Networks side by side: parameters, multiply-adds, and latency timed in turns.
 *
 * @throws as `timeInTurns` and the device do.
 */
export async function compareNetworks(
  device: Device,
  networks: readonly SizedNetwork[],
  { batch = 1, ...turns }: TurnsOptions & { readonly batch?: number | undefined } = {},
): Promise<Comparison> {
  const { spreads, drift } = await timeNetworks(device, networks, { batch, ...turns });
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
      };
    }),
    drift,
  };
}
