"""timm and torchvision, importable beside a CPU build of torch."""

import torch

# A torchvision wheel built for CUDA registers shape functions for operators that its own extension, which a CPU
# build of torch cannot load, would have defined. No network here calls them.
_operators = torch.library.Library("torchvision", "DEF")
_operators.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
_operators.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")

import timm  # noqa: E402
import torchvision  # noqa: E402

__all__ = ["timm", "torch", "torchvision"]
