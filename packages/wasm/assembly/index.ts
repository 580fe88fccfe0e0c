// What the host calls: the list of steps, by one thread or by several that meet after each step.

import {
  CONTROL_ARRIVED,
  CONTROL_BATCH,
  CONTROL_COUNT,
  CONTROL_DEBT,
  CONTROL_GO,
  CONTROL_PHASE,
  CONTROL_STEPS,
  CONTROL_STOP,
  CONTROL_WAITING,
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
import { pool } from "./pool";
import { squeeze } from "./squeeze";
import { winograd } from "./winograd";

export { setup } from "./math";
export { multiplyAdds, sweep } from "./measure";

/** Looks at the others' progress before a thread goes to sleep, some 60 microseconds of them. */
const SPINS = 40_000;
/**
 * Some milliseconds more. Systems put a woken thread on the core of the one that woke it and leave both there while they
 * take turns, which costs all that threads are for; one that stays awake makes them move the other to an idle core, where
 * it remains. Where no core is idle this is wasted, so it is owed, and every run pays back a little.
 */
const LONG_SPINS = 4_000_000;
const MOST_DEBT = 2 * LONG_SPINS;
const REPAID = LONG_SPINS / 40;
const SECOND: i64 = 1_000_000_000;
/** Seconds without progress, and looks where sleeping is not allowed, after which another thread is taken for dead. */
const PATIENCE = 60;
const LOOKS: i64 = 20_000_000_000;

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
  if (thread == 0) store<i32>(CONTROL_DEBT, max(0, load<i32>(CONTROL_DEBT) - REPAID));
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

/** Returns when every thread has come here, false when one does not. */
function meet(threads: i32, maySleep: bool): bool {
  const phase = atomic.load<i32>(CONTROL_PHASE);
  if (atomic.add<i32>(CONTROL_ARRIVED, 1) == threads - 1) {
    atomic.store<i32>(CONTROL_ARRIVED, 0);
    atomic.add<i32>(CONTROL_PHASE, 1);
    if (atomic.load<i32>(CONTROL_WAITING) > 0) atomic.notify(CONTROL_PHASE, -1);
    return true;
  }
  const looks: i64 = maySleep ? SPINS : LOOKS;
  for (let i: i64 = 0; i < looks; i++) if (atomic.load<i32>(CONTROL_PHASE) != phase) return true;
  if (!maySleep) return false;
  // Threads may overwrite each other's debt: it is an estimate.
  const debt = load<i32>(CONTROL_DEBT);
  if (debt <= MOST_DEBT - LONG_SPINS) {
    for (let i = 0; i < LONG_SPINS; i++) {
      if (atomic.load<i32>(CONTROL_PHASE) != phase) {
        store<i32>(CONTROL_DEBT, debt + i);
        return true;
      }
    }
    store<i32>(CONTROL_DEBT, debt + LONG_SPINS);
  }
  atomic.add<i32>(CONTROL_WAITING, 1);
  let seconds = 0;
  while (atomic.load<i32>(CONTROL_PHASE) == phase && seconds++ < PATIENCE) atomic.wait<i32>(CONTROL_PHASE, phase, SECOND);
  atomic.sub<i32>(CONTROL_WAITING, 1);
  return atomic.load<i32>(CONTROL_PHASE) != phase;
}
