import { EfficientNetError } from "@efficientnet/errors";
import { type Activation, type ArchitectureSpec, formatTimmBlocks } from "@efficientnet/specs";

const ACTIVATIONS: Readonly<Record<Activation, string>> = {
  silu: "nn.SiLU",
  relu: "nn.ReLU",
  relu6: "nn.ReLU6",
  "hard-swish": "nn.Hardswish",
  mish: "nn.Mish",
};

/**
 * A network as Python that builds it with timm: block strings, and everything else that timm wants to be told. Weights
 * saved under timm's names load into it.
 *
 * @throws `unsupported` for what timm's notation cannot say.
 */
export function formatTimmDefinition(spec: ArchitectureSpec): string {
  const { stem, head, activation, batchNorm, padding, dropoutRate, dropPathRate } = spec;
  if (stem.kernelSize !== 3 || stem.stride !== 2) {
    throw new EfficientNetError("unsupported", `the stem of ${spec.name} is ${stem.kernelSize}x${stem.kernelSize}`, {
      expected: "a 3x3 convolution with stride 2, as timm's EfficientNet has",
      received: `stride ${stem.stride}`,
    });
  }
  const blocks = formatTimmBlocks(spec.stages, { stemChannels: stem.channels });
  return `# ${spec.name}
from functools import partial

from timm.models._efficientnet_builder import decode_arch_def
from timm.models.efficientnet import EfficientNet
from torch import nn

model = EfficientNet(
    block_args=decode_arch_def([
${blocks.map((block) => `        ["${block}"],`).join("\n")}
    ]),
    stem_size=${stem.channels},
    fix_stem=True,
    num_features=${head.channels},
    round_chs_fn=lambda channels: channels,
    num_classes=${head.classes ?? 0},
    act_layer=${ACTIVATIONS[activation]},
    norm_layer=partial(nn.BatchNorm2d, eps=${batchNorm.epsilon}, momentum=${Number((1 - batchNorm.momentum).toFixed(6))}),
    pad_type="${padding === "same" ? "same" : ""}",
    drop_rate=${dropoutRate},
    drop_path_rate=${dropPathRate},
)
`;
}
