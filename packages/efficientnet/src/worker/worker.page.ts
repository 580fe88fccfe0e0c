import { createWorkerClient, load } from "../wasm.js";

/** A picture that both sides draw alike: stripes in a canvas. */
function stripes(size: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(size, size);
  const context = canvas.getContext("2d");
  for (let x = 0; x < size; x += 8) {
    if (context !== null) context.fillStyle = x % 16 === 0 ? "#c03020" : "#2040a0";
    context?.fillRect(x, 0, 8, size);
  }
  return canvas;
}

const options = { labels: ["a", "b", "c"], threads: 2 } as const;

const api = {
  /** Answers from a worker beside those of the page, and how often the page had its turn meanwhile. */
  compare: async (weights: string) => {
    using client = createWorkerClient();
    const there = await client.load("test-efficientnet", { ...options, weights });
    using here = await load("test-efficientnet", { ...options, weights });
    const canvas = stripes(160);
    const blob = await canvas.convertToBlob({ type: "image/png" });
    const pictures = [
      canvas,
      blob,
      await createImageBitmap(canvas),
      canvas.getContext("2d")!.getImageData(0, 0, 160, 160),
    ];
    let turns = 0;
    const ticking = setInterval(() => turns++);
    const many = Array.from({ length: 100 }, () => blob);
    await there.classify(many, { batchSize: 100 });
    clearInterval(ticking);
    return {
      backend: there.backend.description,
      there: (await there.logits(pictures)).map((row) => [...row]),
      here: (await here.logits(pictures)).map((row) => [...row]),
      turns,
    };
  },
  /** What is thrown when a client is disposed while it loads, and while it runs, and by a signal. */
  stop: async (weights: string) => {
    const codeOf = (work: Promise<unknown>) => work.then(String, (error: { code?: string }) => error.code);
    const early = createWorkerClient();
    const loading = early.load("test-efficientnet", { ...options, weights });
    early.dispose();
    const client = createWorkerClient();
    const net = await client.load("test-efficientnet", { ...options, weights });
    const many = Array.from({ length: 500 }, () => ({ data: new Uint8Array(3 * 64 * 64), width: 64, height: 64 }));
    const controller = new AbortController();
    const aborted = codeOf(net.embed(many, { signal: controller.signal }));
    setTimeout(() => controller.abort(), 30);
    const codes = [await codeOf(loading), await aborted];
    const running = codeOf(net.embed(many));
    setTimeout(() => client.dispose(), 30);
    return [...codes, await running];
  },
  /** How the ready-made worker runs, or the error of a page that has none. */
  open: async (weights: string) => {
    // A call from outside the page is free of its policies until it waits for something.
    await new Promise((resolve) => setTimeout(resolve));
    using client = createWorkerClient();
    return await client.load("test-efficientnet", { ...options, weights }).then(
      ({ backend }) => backend.description,
      (error: Error & { code?: string }) => [error.code, error.message],
    );
  },
  /** What a page says whose worker is not where it should be. */
  missing: async (weights: string) => {
    using client = createWorkerClient({ worker: new Worker("/nowhere.js", { type: "module" }) });
    return await client.load("test-efficientnet", { weights }).then(String, (error: Error) => error.message);
  },
};

Object.assign(globalThis, { api });
