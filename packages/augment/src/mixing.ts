import type { LabelledBatch } from "./image-batch.js";
import type { MixBox } from "./mix-box.js";

/** What happens to one sample: `partner`'s pixels come in by a weight or in a box, and its label by `labelWeight`. */
export interface SampleMix {
  readonly partner: number;
  /** Weight of the partner everywhere, or the box in which the partner replaces the sample. */
  readonly pixels: { readonly weight: number } | { readonly box: MixBox };
  readonly labelWeight: number;
}

/** A copy of a batch with each sample mixed with its partner's original; undefined leaves a sample as it is. */
export function mixSamples<Batch extends LabelledBatch>(
  batch: Batch,
  mixes: readonly (SampleMix | undefined)[],
): Batch {
  const [samples, height, width, channels] = batch.shape;
  const data = batch.data.slice();
  const labels = batch.labels.slice();
  const classes = labels.length / samples;
  for (const [sample, mix] of mixes.entries()) {
    if (mix === undefined) continue;
    const { partner, pixels, labelWeight } = mix;
    addShare(labels, batch.labels, classes, sample, partner, labelWeight);
    if ("weight" in pixels) {
      addShare(data, batch.data, height * width * channels, sample, partner, pixels.weight);
      continue;
    }
    const { top, bottom, left, right } = pixels.box;
    for (let y = top; y < bottom; y++) {
      const from = ((partner * height + y) * width + left) * channels;
      const to = ((sample * height + y) * width + left) * channels;
      data.set(batch.data.subarray(from, from + (right - left) * channels), to);
    }
  }
  return { ...batch, data, labels };
}

/** `own * (1 - weight) + partner * weight` over one sample of `length` numbers. */
function addShare(
  into: Float32Array,
  original: Float32Array,
  length: number,
  sample: number,
  partner: number,
  weight: number,
): void {
  for (let i = 0; i < length; i++) {
    const own = original[sample * length + i]!;
    into[sample * length + i] = own * (1 - weight) + original[partner * length + i]! * weight;
  }
}
