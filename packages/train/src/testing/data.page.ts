import { isEfficientNetError } from "@efficientnet/errors";
import { arrayDataset, createPipeline, type Dataset, filesDataset, openWebcam } from "../data.js";
import { halfSpec } from "./half-spec.js";
import shapesDataset from "./shapes-dataset.js";

/** A page that makes datasets of what a page has, and prepares them here or in the worker at /worker.js. */
const settings = {
  imageSize: 12,
  batchSize: 4,
  regularisers: { randAugmentMagnitude: 8, mixupAlpha: 0.3, cutmixAlpha: 1, erasingProbability: 0.2 },
};

async function epochs(dataset: Dataset, workers: number, address = "/worker.js") {
  const startWorker = () => new Worker(address, { type: "module" });
  const pipeline = createPipeline(dataset, { preprocess: halfSpec(12), workers, startWorker });
  const numbers: number[] = [];
  for await (const { images, labels } of pipeline.epoch({ seed: 3, epoch: 2, settings, training: true })) {
    numbers.push(...images, ...labels);
  }
  const result = { numbers: Float32Array.from(numbers), workers: pipeline.workers, fallback: pipeline.fallback };
  await pipeline.close();
  return result;
}

async function imageDataset(): Promise<Dataset> {
  const { classes, labels, picture } = shapesDataset({ length: 9, side: 8 });
  const pictures = await Promise.all(
    Array.from(labels, async (_, index) => {
      const { data } = await picture(index);
      const rgba = Uint8ClampedArray.from({ length: 8 * 8 * 4 }, (_, i) =>
        i % 4 === 3 ? 255 : data[(i >> 2) * 3 + (i % 4)]!,
      );
      return new ImageData(rgba, 8, 8);
    }),
  );
  return arrayDataset({ classes, labels, pictures });
}

/** A PNG of one colour. */
async function png(colour: string): Promise<Blob> {
  const canvas = new OffscreenCanvas(8, 8);
  const context = canvas.getContext("2d")!;
  context.fillStyle = colour;
  context.fillRect(0, 0, 8, 8);
  return canvas.convertToBlob();
}

const FILES = {
  "reds/1.png": "red",
  "reds/more/2.png": "darkred",
  "blues/1.png": "blue",
  "blues/.x.png": "navy",
  "3.png": "lime",
};

async function chosenFiles(): Promise<File[]> {
  return Promise.all(
    Object.entries({ ...FILES, "reds/notes.txt": "white" }).map(async ([path, colour]) => {
      const name = path.split("/").at(-1)!;
      const type = name.endsWith(".txt") ? "text/plain" : "image/png";
      const file = new File([await png(colour)], name, { type });
      return Object.defineProperty(file, "webkitRelativePath", { value: `chosen/${path}` });
    }),
  );
}

async function chosenFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle("chosen", { create: true });
  for (const [path, colour] of Object.entries(FILES)) {
    const names = path.split("/");
    let folder = root;
    for (const name of names.slice(0, -1)) folder = await folder.getDirectoryHandle(name, { create: true });
    const stream = await (await folder.getFileHandle(names.at(-1)!, { create: true })).createWritable();
    await stream.write(await png(colour));
    await stream.close();
  }
  return root;
}

async function describeFiles(dataset: Dataset) {
  const indices = Array.from(dataset.labels, (_, index) => index);
  const corner = async (index: number) => [...(await dataset.picture(index)).data.slice(0, 3)];
  return {
    pictures: indices.map((index) => [dataset.classes[dataset.labels[index]!], dataset.name(index)]),
    colours: await Promise.all(indices.map(corner)),
  };
}

const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "no error",
    (error: unknown) => (isEfficientNetError(error) ? `${error.code}: ${error.message}` : String(error)),
  );

Object.assign(globalThis, {
  api: {
    shapes: (workers: number, address?: string) => epochs(shapesDataset({ length: 20, side: 16 }), workers, address),
    images: async (workers: number) => epochs(await imageDataset(), workers),
    files: async (workers: number) => epochs(await filesDataset(await chosenFiles()), workers),
    list: async () => describeFiles(await filesDataset(await chosenFiles())),
    folder: async () => describeFiles(await filesDataset(await chosenFolder())),
    noFolders: () => failure(filesDataset([new File([""], "1.png", { type: "image/png" })])),
    noWorker: (address: string) => failure(epochs(shapesDataset({ length: 20, side: 16 }), 1, address)),
    async webcam() {
      const webcam = await openWebcam({ width: 64, height: 64 });
      const picture = await webcam.grab();
      const { width, height } = webcam;
      webcam.close();
      const levels = new Set(picture.data.filter((_, i) => i % 4 !== 3));
      return { width, height, picture: [picture.width, picture.height, picture.channels], levels: levels.size };
    },
    refusedWebcam: () => failure(openWebcam()),
    impossibleWebcam: () => failure(openWebcam({ deviceId: { exact: "no such camera" } })),
  },
});
