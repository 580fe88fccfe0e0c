/** A Web Worker, as far as it is used. */
export interface WebWorker {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  addEventListener(type: string, listener: (event: Event) => void): void;
  terminate(): void;
}

/** A Worker of `node:worker_threads`, as far as it is used. */
export interface ThreadWorker {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  on(event: "message", listener: (value: unknown) => void): unknown;
  on(event: "error" | "messageerror", listener: (error: Error) => void): unknown;
  on(event: "exit", listener: (code: number) => void): unknown;
  ref(): void;
  unref(): void;
  terminate(): Promise<number>;
}

/** Either kind of worker; what it runs calls {@link serveDataset}. */
export type DataWorker = WebWorker | ThreadWorker;

/** What both kinds of workers can do. */
export interface WorkerHandle {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called when the worker fails or ends, however often it says so. */
  onEnd(listener: (reason: string) => void): void;
  /** Whether the worker keeps the program alive. */
  hold(held: boolean): void;
  terminate(): Promise<void>;
}

/** One way to speak to both kinds of workers. */
export function workerHandle(worker: DataWorker): WorkerHandle {
  const post = (message: unknown) => worker.postMessage(message, []);
  if ("addEventListener" in worker) {
    return {
      post,
      onMessage: (listener) => worker.addEventListener("message", (event) => listener((event as MessageEvent).data)),
      onEnd: (listener) => {
        worker.addEventListener("error", (event) =>
          listener((event as ErrorEvent).message || "it could not be started"),
        );
        worker.addEventListener("messageerror", () => listener("a message could not be read"));
      },
      hold: () => undefined,
      terminate: async () => worker.terminate(),
    };
  }
  return {
    post,
    onMessage: (listener) => void worker.on("message", listener),
    onEnd: (listener) => {
      worker.on("error", (error) => listener(error.message));
      worker.on("messageerror", () => listener("a message could not be read"));
      worker.on("exit", (code) => listener(`it ended with exit code ${code}`));
    },
    hold: (held) => (held ? worker.ref() : worker.unref()),
    terminate: async () => void (await worker.terminate()),
  };
}
