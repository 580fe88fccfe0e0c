import { EfficientNetError } from "@efficientnet/errors";
import { roundChannels, V1_ROUNDING } from "@efficientnet/scaling";
import {
  type Activation,
  type ArchitectureSpec,
  type BlockSpec,
  expandBlocks,
  formatTimmBlocks,
} from "@efficientnet/specs";

/** Names in timm's factory of activations. */
const ACTIVATIONS: Readonly<Record<Activation, string>> = {
  silu: "silu",
  relu: "relu",
  relu6: "relu6",
  "hard-swish": "hard_swish",
  mish: "mish",
};

/**
 * A network as Python source that registers it with timm: saved as a module and imported, `timm.create_model` knows it by
 * its name, with `_` for every other character than letters and digits. Checkpoints saved under timm's names load into it.
 *
 * @throws `unsupported` for what timm would build otherwise: a stem without stride 2, strides beyond 32, widths after
 * expansion that are no multiple of 8, squeeze widths that it rounds up, stages that have no block string.
 *
 * Source: `efficientnet.py` and `_efficientnet_builder.py` of timm 1.0.
 */
export function formatTimmDefinition(spec: ArchitectureSpec): string {
  checkBuildable(spec);
  const { stem, stages, head, activation, batchNorm, padding, dropoutRate, dropPathRate, resolution } = spec;
  const name = spec.name.toLowerCase().replace(/[^a-z0-9]+/g, "_");
  const blocks = formatTimmBlocks(stages, { stemChannels: stem.channels });
  // 1 - 0.9 is 0.09999999999999998.
  const momentum = Number((1 - batchNorm.momentum).toPrecision(12));
  return `"""${spec.name} for timm: import this module, then timm.create_model("${name}")."""

from functools import partial

from timm.layers import get_act_layer
from timm.models._builder import build_model_with_cfg
from timm.models._efficientnet_builder import decode_arch_def
from timm.models._registry import generate_default_cfgs, register_model
from timm.models.efficientnet import EfficientNet
from torch import nn

ARCH_DEF = [
${blocks.map((block) => `    ["${block}"],`).join("\n")}
]

default_cfgs = generate_default_cfgs({
    "${name}": {
        "url": "",
        "num_classes": ${head.classes ?? 0},
        "input_size": (3, ${resolution.train}, ${resolution.train}),
        "test_input_size": (3, ${resolution.eval}, ${resolution.eval}),
        "pool_size": None,
        "interpolation": "bicubic",
        "mean": (0.5, 0.5, 0.5),
        "std": (0.5, 0.5, 0.5),
        "first_conv": "conv_stem",
        "classifier": "classifier",
    },
})


@register_model
def ${name}(pretrained=False, **kwargs) -> EfficientNet:
    usual = dict(num_classes=${head.classes ?? 0}, drop_rate=${dropoutRate}, drop_path_rate=${dropPathRate})
    return build_model_with_cfg(
        EfficientNet,
        "${name}",
        pretrained,
        block_args=decode_arch_def(ARCH_DEF),
        stem_size=${stem.channels},
        stem_kernel_size=${stem.kernelSize},
        num_features=${head.channels},
        # Widths are as they are meant: not rounded again.
        round_chs_fn=int,
        pad_type="${padding === "same" ? "same" : ""}",
        act_layer=get_act_layer("${ACTIVATIONS[activation]}"),
        norm_layer=partial(nn.BatchNorm2d, eps=${batchNorm.epsilon}, momentum=${momentum}),
        **{**usual, **kwargs},
    )
`;
}

/** Throws `unsupported` where timm would build another network than the spec says. */
function checkBuildable(spec: ArchitectureSpec): void {
  const check = (holds: boolean, fact: string, expected: string) => {
    if (holds) return;
    throw new EfficientNetError("unsupported", `timm cannot build ${spec.name}: ${fact}`, { expected });
  };
  const { stem, stages } = spec;
  check(/^[a-z]/i.test(spec.name), "its name does not begin with a letter", "a name that Python takes");
  check(stem.stride === 2, `its stem has stride ${stem.stride}`, "2");
  // Beyond that timm dilates convolutions where they would halve the picture.
  const stride = stages.reduce((product, stage) => product * stage.stride, stem.stride);
  check(stride <= 32, `its strides make ${stride}`, "at most 32");
  for (const { name, stage, expandedChannels, squeezeChannels, projects } of expandBlocks(spec)) {
    const { block, expandRatio, seRatio } = stages[stage] as BlockSpec;
    const rounds = projects && (block === "fused-mbconv" || expandRatio !== 1);
    const timmExpanded = rounds ? roundChannels(expandedChannels, 1, V1_ROUNDING) : expandedChannels;
    check(expandedChannels === timmExpanded, `${name} expands to ${expandedChannels} channels`, `${timmExpanded}`);
    const timmSqueezed = roundHalfEven(expandedChannels * (seRatio / expandRatio));
    check(squeezeChannels === timmSqueezed, `${name} squeezes to ${squeezeChannels} channels`, `${timmSqueezed}`);
  }
}

/** As Python's `round`: 2.5 is 2, 3.5 is 4. */
function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}
