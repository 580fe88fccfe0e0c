import { formatShape } from "@efficientnet/errors";
import { importDataset } from "../data.js";
import { createNodePipeline } from "../node.js";
import { halfSpec } from "../testing/half-spec.js";

// A program that leaves an epoch in the middle and closes nothing must still end by itself.
const dataset = await importDataset(new URL("../testing/shapes-dataset.ts", import.meta.url), { length: 300, side: 8 });
const pipeline = createNodePipeline(dataset, { preprocess: halfSpec(12), workers: 1 });
const settings = { imageSize: 12, batchSize: 3, regularisers: {} };
for await (const { shape } of pipeline.epoch({ seed: 0, epoch: 0, settings, training: true })) {
  console.log(`${pipeline.workers} worker, first batch ${formatShape(shape)}`);
  break;
}
