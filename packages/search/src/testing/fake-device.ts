import type { Device } from "../measure/device.js";
import type { Task } from "../measure/task.js";

/** A clock that only tasks move. */
export interface FakeClock {
  now(): number;
  pass(milliseconds: number): void;
}

export function fakeClock(): FakeClock {
  let time = 0;
  return {
    now: () => time,
    pass(milliseconds) {
      time += milliseconds;
    },
  };
}

export interface FakeDevice extends Device {
  /** Tasks that nobody has disposed. */
  readonly open: ReadonlySet<string>;
  /** What ran, in order. */
  readonly log: readonly string[];
}

/** A device on which a task takes what `millisecondsOf` says of its name and of the runs before. */
export function fakeDevice(clock: FakeClock, millisecondsOf: (name: string, runs: number) => number): FakeDevice {
  const open = new Set<string>();
  const log: string[] = [];
  const task = async (name: string): Promise<Task> => {
    open.add(name);
    return {
      name,
      async run(times) {
        for (let i = 0; i < times; i++) clock.pass(millisecondsOf(name, log.length));
        log.push(name);
      },
      dispose: () => void open.delete(name),
    };
  };
  return {
    name: "fake",
    description: "a device of the tests",
    open,
    log,
    openNetwork: (spec, { imageSize }) => task(`${spec.name}@${imageSize}`),
    openPiece: (piece) => task(piece.geometry),
  };
}
