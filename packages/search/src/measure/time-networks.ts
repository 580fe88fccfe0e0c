import type { ArchitectureSpec } from "@efficientnet/specs";
import { openAnchor } from "./anchor.js";
import type { Device } from "./device.js";
import type { Task } from "./task.js";
import { type Timings, type TurnsOptions, timeInTurns } from "./time-in-turns.js";

/** A network at a size. */
export interface SizedNetwork {
  readonly spec: ArchitectureSpec;
  readonly imageSize: number;
}

/** Opens tasks, times them in turns with the device's anchor, and disposes them all, also when something fails. */
export async function timeTasks(
  device: Device,
  openers: readonly (() => Promise<Task>)[],
  options: TurnsOptions = {},
): Promise<Timings> {
  const tasks: Task[] = [];
  try {
    const anchor = await openAnchor(device);
    tasks.push(anchor);
    for (const open of openers) tasks.push(await open());
    return await timeInTurns(tasks.slice(1), anchor, options);
  } finally {
    for (const task of tasks) task.dispose();
  }
}

/** Inference of whole networks, in turns. */
export function timeNetworks(
  device: Device,
  networks: readonly SizedNetwork[],
  { batch = 1, ...turns }: TurnsOptions & { readonly batch?: number | undefined } = {},
): Promise<Timings> {
  return timeTasks(
    device,
    networks.map(
      ({ spec, imageSize }) =>
        () =>
          device.openNetwork(spec, { imageSize, batch }),
    ),
    turns,
  );
}
