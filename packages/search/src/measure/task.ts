/** Something to be timed. It keeps what it needs on the device until it is disposed. */
export interface Task {
  readonly name: string;
  /** Runs so many times in a row, and resolves when the device has finished the last. */
  run(times: number): Promise<void>;
  dispose(): void;
}
