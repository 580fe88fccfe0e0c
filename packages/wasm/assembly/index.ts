// What the host calls: the list of steps, by one thread or by several that meet after each step.

import {
  CONTROL_BATCH,
  CONTROL_COUNT,
  CONTROL_GO,
  CONTROL_STEPS,
  CONTROL_STOP,
  KIND_CONV,
  KIND_DEPTHWISE,
  KIND_SQUEEZE,
  KIND_WINOGRAD,
  STEP_BYTES,
  STEP_KIND,
} from "./layout";
import { conv } from "./conv";
import { depthwise } from "./depthwise";
import { activate } from "./math";
import { meet, reviewWaits } from "./meet";
import { pool } from "./pool";
import { squeeze } from "./squeeze";
import { winograd } from "./winograd";

export { setup } from "./math";
export { multiplyAdds, sweep } from "./measure";

/** Applies an activation in place to `count` vectors. */
export function activateAll(at: usize, count: i32, activation: i32): void {
  for (let i = 0; i < count; i++, at += 16) v128.store(at, activate(v128.load(at), activation));
}

/**
 * Runs every step for the first `batch` examples, as thread `thread` of `threads`.
 *
 * @returns 0, or 1 when another thread did not arrive.
 */
export function execute(steps: usize, count: i32, batch: i32, thread: i32, threads: i32, scratch: usize, maySleep: bool): i32 {
  if (thread == 0 && threads > 1) reviewWaits();
  for (let i = 0; i < count; i++, steps += STEP_BYTES) {
    const kind = load<i32>(steps, STEP_KIND);
    if (kind == KIND_CONV) conv(steps, batch, thread, threads, scratch);
    else if (kind == KIND_DEPTHWISE) depthwise(steps, batch, thread, threads);
    else if (kind == KIND_WINOGRAD) winograd(steps, batch, thread, threads, scratch);
    else if (kind == KIND_SQUEEZE) squeeze(steps, batch, thread, threads, scratch);
    else pool(steps, batch, thread, threads);
    if (threads > 1 && !meet(threads, maySleep)) return 1;
  }
  return 0;
}

/** A worker's whole life: waits for a start, runs, waits again, until it is told to stop. */
export function serve(thread: i32, threads: i32, scratch: usize): void {
  let seen = 0;
  while (true) {
    while (atomic.load<i32>(CONTROL_GO) == seen) atomic.wait<i32>(CONTROL_GO, seen, -1);
    seen = atomic.load<i32>(CONTROL_GO);
    if (atomic.load<i32>(CONTROL_STOP) != 0) return;
    if (execute(load<usize>(CONTROL_STEPS), load<i32>(CONTROL_COUNT), load<i32>(CONTROL_BATCH), thread, threads, scratch, true) != 0) return;
  }
}
