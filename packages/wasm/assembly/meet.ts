// Where threads wait for each other after a step.
//
// Waiting is looking for a while, then sleeping. Systems put a woken thread on the core of the one that woke it and leave
// both there, taking turns, which costs all that threads are for; a thread that stays awake for some milliseconds makes them
// move the other to an idle core, where it remains. Where no core is idle that is wasted: so a run waits long at most twice,
// and when threads slept most of the time all the same, more and more runs pass until one tries again.

import {
  CONTROL_ARRIVED,
  CONTROL_LONG_WAITS,
  CONTROL_PAUSE,
  CONTROL_PAUSE_LEFT,
  CONTROL_PHASE,
  CONTROL_SLEEPS,
  CONTROL_WAITING,
} from "./layout";

/** Looks before a thread thinks of sleeping, some 60 microseconds of them, and those of a long wait, some 6 milliseconds. */
const LOOKS = 40_000;
const LONG_LOOKS = 4_000_000;
/** What a long wait takes at least to be counted as one. */
const COUNTED_LOOKS = LONG_LOOKS / 16;
const MOST_LONG_WAITS = 2;
const LONGEST_PAUSE = 15;
/** Threads that share a core sleep after most of the 70 or so steps; on cores of their own only where something intervenes. */
const FEW_SLEEPS = 8;
/** Looks where sleeping is not allowed, and seconds of sleep, after which another thread is taken for dead. */
const ENDLESS_LOOKS: i64 = 20_000_000_000;
const SECOND: i64 = 1_000_000_000;
const PATIENCE = 60;

/** Before a run: whether the long waits of the one before were good for something. Counts may miss some, which is no harm. */
export function reviewWaits(): void {
  const left = load<i32>(CONTROL_PAUSE_LEFT);
  if (load<i32>(CONTROL_LONG_WAITS) > 0) {
    const pause = load<i32>(CONTROL_SLEEPS) <= FEW_SLEEPS ? 0 : min(2 * load<i32>(CONTROL_PAUSE) + 1, LONGEST_PAUSE);
    store<i32>(CONTROL_PAUSE, pause);
    store<i32>(CONTROL_PAUSE_LEFT, pause);
  } else if (left > 0) store<i32>(CONTROL_PAUSE_LEFT, left - 1);
  store<i32>(CONTROL_LONG_WAITS, 0);
  store<i32>(CONTROL_SLEEPS, 0);
}

/** Returns when every thread has come here, false when one does not. */
export function meet(threads: i32, maySleep: bool): bool {
  const phase = atomic.load<i32>(CONTROL_PHASE);
  if (atomic.add<i32>(CONTROL_ARRIVED, 1) == threads - 1) {
    atomic.store<i32>(CONTROL_ARRIVED, 0);
    atomic.add<i32>(CONTROL_PHASE, 1);
    if (atomic.load<i32>(CONTROL_WAITING) > 0) atomic.notify(CONTROL_PHASE, -1);
    return true;
  }
  if (!maySleep) return changes(phase, ENDLESS_LOOKS) < ENDLESS_LOOKS;
  if (changes(phase, LOOKS) < LOOKS) return true;
  if (load<i32>(CONTROL_PAUSE_LEFT) == 0 && load<i32>(CONTROL_LONG_WAITS) < MOST_LONG_WAITS) {
    const looks = changes(phase, LONG_LOOKS);
    if (looks >= COUNTED_LOOKS) store<i32>(CONTROL_LONG_WAITS, load<i32>(CONTROL_LONG_WAITS) + 1);
    if (looks < LONG_LOOKS) return true;
  }
  return sleep(phase);
}

/** Looks until the phase is another one; how often, at most `most` times. */
function changes(phase: i32, most: i64): i64 {
  let looks: i64 = 0;
  while (looks < most && atomic.load<i32>(CONTROL_PHASE) == phase) looks++;
  return looks;
}

function sleep(phase: i32): bool {
  store<i32>(CONTROL_SLEEPS, load<i32>(CONTROL_SLEEPS) + 1);
  atomic.add<i32>(CONTROL_WAITING, 1);
  let seconds = 0;
  while (atomic.load<i32>(CONTROL_PHASE) == phase && seconds++ < PATIENCE) atomic.wait<i32>(CONTROL_PHASE, phase, SECOND);
  atomic.sub<i32>(CONTROL_WAITING, 1);
  return atomic.load<i32>(CONTROL_PHASE) != phase;
}
