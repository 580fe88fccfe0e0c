// Written by tooling/reference/weights-registry.py; edit that, not this.
import type { TorchvisionRow } from "./rows.js";

export const TORCHVISION_ROWS: readonly TorchvisionRow[] = [
  ["efficientnet_b0", "IMAGENET1K_V1", 224, 256, "bicubic", "imagenet", 77.692, 93.532, "efficientnet_b0_rwightman-7f5810bc"],
  ["efficientnet_b1", "IMAGENET1K_V1", 240, 256, "bicubic", "imagenet", 78.642, 94.186, "efficientnet_b1_rwightman-bac287d4"],
  ["efficientnet_b2", "IMAGENET1K_V1", 288, 288, "bicubic", "imagenet", 80.608, 95.31, "efficientnet_b2_rwightman-c35c1473"],
  ["efficientnet_b3", "IMAGENET1K_V1", 300, 320, "bicubic", "imagenet", 82.008, 96.054, "efficientnet_b3_rwightman-b3899882"],
  ["efficientnet_b4", "IMAGENET1K_V1", 380, 384, "bicubic", "imagenet", 83.384, 96.594, "efficientnet_b4_rwightman-23ab8bcd"],
  ["efficientnet_b5", "IMAGENET1K_V1", 456, 456, "bicubic", "imagenet", 83.444, 96.628, "efficientnet_b5_lukemelas-1a07897c"],
  ["efficientnet_b6", "IMAGENET1K_V1", 528, 528, "bicubic", "imagenet", 84.008, 96.916, "efficientnet_b6_lukemelas-24a108a5"],
  ["efficientnet_b7", "IMAGENET1K_V1", 600, 600, "bicubic", "imagenet", 84.122, 96.908, "efficientnet_b7_lukemelas-c5b4e57e"],
  ["efficientnet_b1", "IMAGENET1K_V2", 240, 255, "bilinear", "imagenet", 79.838, 94.934, "efficientnet_b1-c27df63c"],
  ["efficientnet_v2_s", "IMAGENET1K_V1", 384, 384, "bilinear", "imagenet", 84.228, 96.878, "efficientnet_v2_s-dd5fe13b"],
  ["efficientnet_v2_m", "IMAGENET1K_V1", 480, 480, "bilinear", "imagenet", 85.112, 97.156, "efficientnet_v2_m-dc08266a"],
  ["efficientnet_v2_l", "IMAGENET1K_V1", 480, 480, "bicubic", "half", 85.808, 97.788, "efficientnet_v2_l-59c71312"],
  ["mnasnet0_5", "IMAGENET1K_V1", 224, 256, "bilinear", "imagenet", 67.734, 87.49, "mnasnet0.5_top1_67.823-3ffadce67e"],
  ["mnasnet0_75", "IMAGENET1K_V1", 224, 232, "bilinear", "imagenet", 71.18, 90.496, "mnasnet0_75-7090bc5f"],
  ["mnasnet1_0", "IMAGENET1K_V1", 224, 256, "bilinear", "imagenet", 73.456, 91.51, "mnasnet1.0_top1_73.512-f206786ef8"],
  ["mnasnet1_3", "IMAGENET1K_V1", 224, 232, "bilinear", "imagenet", 76.506, 93.522, "mnasnet1_3-a4c69d6f"],
];
