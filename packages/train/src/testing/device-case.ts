import type { Picture } from "@efficientnet/preprocess";
import { seededRandom } from "@efficientnet/random";
import * as tf from "@tensorflow/tfjs-core";

/** One thing that the device does, beside what the CPU makes of the same pictures. */
export interface DeviceCase {
  readonly name: string;
  /** How far numbers may be apart, but for `strays` of a thousand pixels. */
  readonly within: number;
  readonly strays: number;
  readonly device: (images: tf.Tensor4D) => tf.Tensor;
  readonly cpu: (pictures: readonly Picture[]) => readonly number[];
}

export const [WIDTH, HEIGHT] = [41, 32];

/** Waves, an edge and noise, different in every picture. */
function draw(seed: number): Picture {
  const random = seededRandom("scene", seed);
  const data = Uint8Array.from({ length: WIDTH * HEIGHT * 3 }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % WIDTH, Math.floor(i / 3 / WIDTH)];
    const wave = 60 * Math.sin((x * (seed + 1)) / 9) + 40 * Math.cos((y + (i % 3) * 5) / 6);
    return 120 + wave + (x > y + seed * 7 ? 25 : 0) + 20 * random();
  });
  return { data, width: WIDTH, height: HEIGHT, channels: 3 };
}

const PICTURES = Array.from({ length: 6 }, (_, index) => draw(index));
export const levels = (pictures: readonly Picture[]) => pictures.flatMap(({ data }) => [...data]);
export const each = <Item>(make: (index: number) => Item) => PICTURES.map((_, index) => make(index));
export const stream = (name: string, index = 0) => seededRandom(name, index);

/** What came of a case. */
export interface Outcome {
  readonly name: string;
  /** Pixels (or triples of numbers) of a thousand that are further apart than the case allows. */
  readonly strays: number;
  /** Tensors left over. */
  readonly left: number;
}

/** Runs a case on the active backend. */
export async function tryCase({ name, within, device, cpu }: DeviceCase): Promise<Outcome> {
  const before = tf.memory().numTensors;
  const images = tf.tensor4d(Float32Array.from(levels(PICTURES)), [PICTURES.length, HEIGHT, WIDTH, 3]);
  const result = device(images);
  const numbers = await result.data();
  tf.dispose([images, result]);
  const expected = cpu(PICTURES);
  if (numbers.length !== expected.length) throw new Error(`${numbers.length} numbers against ${expected.length}`);
  const triples = Array.from({ length: Math.ceil(expected.length / 3) }, (_, i) =>
    expected.slice(i * 3, i * 3 + 3).some((value, channel) => !(Math.abs(numbers[i * 3 + channel]! - value) <= within)),
  );
  return {
    name,
    strays: (1000 * triples.filter(Boolean).length) / triples.length,
    left: tf.memory().numTensors - before,
  };
}
