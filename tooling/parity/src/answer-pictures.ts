import type { PreparedBackend } from "@efficientnet/backends";
import { type EfficientNet, type Load, softmax } from "efficientnet";

export interface PictureRequest {
  /** Unless given, what the weights say. */
  readonly model?: string;
  /** Path of the weights. */
  readonly weights: string;
  /** Paths of the pictures, which are squashed to the network's size by Pillow's bicubic filter. */
  readonly pictures: readonly string[];
  readonly answer: "embedding" | "probabilities";
}

export interface PictureAnswers {
  readonly labels: readonly string[] | null;
  /** One for each picture. */
  readonly rows: readonly (readonly number[])[];
}

/** Real pictures through real weights, by the way that users take. `read` makes of a path what `load`'s nets take. */
export async function answerPictures<Source, Backend>(
  load: Load<Source, Backend>,
  read: (path: string) => Promise<Source>,
  { model, weights, pictures, answer }: PictureRequest,
  backend: PreparedBackend,
): Promise<PictureAnswers> {
  const open = (options: Parameters<typeof load>[1]) =>
    model === undefined ? load({ weights, backend, ...options }) : load(model, { weights, backend, ...options });
  using stated = await open({});
  const { size } = stated.preprocess;
  const squashed = { fit: { mode: "squash", resizeTo: size }, filter: "bicubic", method: "pillow" } as const;
  using net = await open({ preprocess: { ...stated.preprocess, ...squashed } });
  const rows: number[][] = [];
  for (const picture of pictures) rows.push(await answerOne(net, await read(picture), answer));
  return { labels: net.labels, rows };
}

async function answerOne<Source>(
  net: EfficientNet<Source>,
  picture: Source,
  answer: PictureRequest["answer"],
): Promise<number[]> {
  return answer === "embedding" ? [...(await net.embed(picture))] : [...softmax(await net.logits(picture))];
}
