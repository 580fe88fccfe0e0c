import type { ResampleFilter } from "@efficientnet/specs";

/** Label sets by the size of their classifier: 1,000, 1,001, 11,821 and 21,843 outputs. */
export type Labels = "1k" | "1k-background" | "12k" | "21k";
/** Names of the normalisations in `statistics.ts`. */
export type StatisticsName = "imagenet" | "half" | "bytes" | "lite";

/** What is particular to one file of timm. `legacy` is the path of the older PyTorch file, which ends in its hash. */
export type TimmRow = readonly [
  arch: string,
  tag: string,
  labels: Labels,
  size: number,
  resizeTo: number,
  mode: "resize-crop" | "squash",
  filter: ResampleFilter,
  statistics: StatisticsName,
  top1: number | null,
  top5: number | null,
  legacy: string | null,
];

/** What is particular to one file of torchvision. The file name ends in its hash. */
export type TorchvisionRow = readonly [
  arch: string,
  tag: string,
  size: number,
  resizeTo: number,
  filter: ResampleFilter,
  statistics: StatisticsName,
  top1: number | null,
  top5: number | null,
  file: string,
];

/** What is particular to one file of keras.applications, with the MD5 of the file with and without classifier. */
export type KerasRow = readonly [
  arch: string,
  size: number,
  statistics: StatisticsName,
  top1: number | null,
  file: string,
  md5: string,
  md5WithoutClassifier: string,
];

/** What is particular to one checkpoint of Google's. `file` is its path in their storage. */
export type GoogleRow = readonly [
  library: "tpu" | "automl",
  name: string,
  arch: string,
  labels: Labels,
  size: number,
  mode: "crop-resize" | "squash",
  filter: ResampleFilter,
  statistics: StatisticsName,
  top1: number | null,
  file: string,
];

/** What is particular to one file of efficientnet_pytorch. The file name ends in its hash. */
export type LukemelasRow = readonly [
  training: "std" | "advprop",
  arch: string,
  size: number,
  statistics: StatisticsName,
  file: string,
];
