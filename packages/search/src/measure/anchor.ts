import { getSpec } from "@efficientnet/specs";
import type { Device } from "./device.js";
import type { Task } from "./task.js";

/** A small network that is timed between everything else, to see whether the machine keeps its speed. */
export function openAnchor(device: Device): Promise<Task> {
  return device.openNetwork(getSpec("test-efficientnet"), { imageSize: 96, batch: 1 });
}
