// Written by tooling/reference/weights-registry.py; edit that, not this.
import type { LukemelasRow } from "./rows.js";

export const LUKEMELAS_ROWS: readonly LukemelasRow[] = [
  ["std", "efficientnet-b0", 224, "imagenet", "efficientnet-b0-355c32eb"],
  ["std", "efficientnet-b1", 240, "imagenet", "efficientnet-b1-f1951068"],
  ["std", "efficientnet-b2", 260, "imagenet", "efficientnet-b2-8bb594d6"],
  ["std", "efficientnet-b3", 300, "imagenet", "efficientnet-b3-5fb5a3c3"],
  ["std", "efficientnet-b4", 380, "imagenet", "efficientnet-b4-6ed6700e"],
  ["std", "efficientnet-b5", 456, "imagenet", "efficientnet-b5-b6417697"],
  ["std", "efficientnet-b6", 528, "imagenet", "efficientnet-b6-c76e70fd"],
  ["std", "efficientnet-b7", 600, "imagenet", "efficientnet-b7-dcc49843"],
  ["advprop", "efficientnet-b0", 224, "half", "adv-efficientnet-b0-b64d5a18"],
  ["advprop", "efficientnet-b1", 240, "half", "adv-efficientnet-b1-0f3ce85a"],
  ["advprop", "efficientnet-b2", 260, "half", "adv-efficientnet-b2-6e9d97e5"],
  ["advprop", "efficientnet-b3", 300, "half", "adv-efficientnet-b3-cdd7c0f4"],
  ["advprop", "efficientnet-b4", 380, "half", "adv-efficientnet-b4-44fb3a87"],
  ["advprop", "efficientnet-b5", 456, "half", "adv-efficientnet-b5-86493f6b"],
  ["advprop", "efficientnet-b6", 528, "half", "adv-efficientnet-b6-ac80338e"],
  ["advprop", "efficientnet-b7", 600, "half", "adv-efficientnet-b7-4652b6dd"],
  ["advprop", "efficientnet-b8", 672, "half", "adv-efficientnet-b8-22a8fe65"],
];
