import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { createFailureWatch } from "./failure-watch.js";
import { oncePer } from "./once-per.js";
import type { Observation } from "./prepared-backend.js";

const FILTERS = ["validation", "out-of-memory", "internal"] as const satisfies readonly GPUErrorFilter[];

/**
 * Observes a device with error scopes, and listens to it in between. `uncapturederror` alone will not do: Chromium
 * delivers it after the results.
 *
 * Scopes are a stack of the device, so work that overlaps shares one set: whoever ends first takes the set down and
 * puts up another, and an error in it concerns all that ran.
 */
export const observeDevice = oncePer((backend: WebGPUBackend): Observation => {
  const { device } = backend;
  const watch = createFailureWatch("webgpu");
  device.addEventListener("uncapturederror", (event) => {
    // The next check throws it; without this it is printed as well.
    event.preventDefault();
    watch.report(event.error.message);
  });
  void device.lost.then(({ reason, message }) => watch.lose(message || reason));

  let observers = 0;
  const push = () => {
    for (const filter of FILTERS) device.pushErrorScope(filter);
  };
  const observe = () => {
    if (observers === 0) push();
    observers++;
    return async () => {
      submitRecorded(backend);
      observers--;
      // A lost device rejects, or answers nothing; its loss is reported on its own.
      const popped = FILTERS.map(() => device.popErrorScope().catch(() => null));
      if (observers > 0) push();
      for (const error of await Promise.all(popped)) if (error) watch.report(error.message);
    };
  };
  return { watch, observe };
});

/**
 * tfjs keeps operations back to submit them in batches. One that the device refuses would spoil its whole batch, also
 * the operations of the next run.
 */
function submitRecorded(backend: WebGPUBackend): void {
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.submitQueue();
}
