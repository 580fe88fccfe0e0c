import { getSpec, withClasses } from "@efficientnet/specs";
import { describe, expect, it } from "vitest";
import { formatTimmDefinition } from "./timm-definition.js";

describe("formatTimmDefinition", () => {
  it("says all that timm needs to build the network", () => {
    expect(formatTimmDefinition(withClasses(getSpec("efficientnetv2-b0"), 10))).toMatchInlineSnapshot(`
      "# efficientnetv2-b0
      from functools import partial

      from timm.models._efficientnet_builder import decode_arch_def
      from timm.models.efficientnet import EfficientNet
      from torch import nn

      model = EfficientNet(
          block_args=decode_arch_def([
              ["cn_r1_k3_s1_e1_c16_skip"],
              ["er_r2_k3_s2_e4_c32"],
              ["er_r2_k3_s2_e4_c48"],
              ["ir_r3_k3_s2_e4_c96_se0.25"],
              ["ir_r5_k3_s1_e6_c112_se0.25"],
              ["ir_r8_k3_s2_e6_c192_se0.25"],
          ]),
          stem_size=32,
          fix_stem=True,
          num_features=1280,
          round_chs_fn=lambda channels: channels,
          num_classes=10,
          act_layer=nn.SiLU,
          norm_layer=partial(nn.BatchNorm2d, eps=0.001, momentum=0.1),
          pad_type="same",
          drop_rate=0.2,
          drop_path_rate=0.2,
      )
      "
    `);
  });

  it("refuses a stem that timm cannot build", () => {
    const spec = getSpec("efficientnetv2-b0");
    expect(() =>
      formatTimmDefinition({ ...spec, stem: { ...spec.stem, stride: 1 } }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the stem of efficientnetv2-b0 is 3x3
        expected: a 3x3 convolution with stride 2, as timm's EfficientNet has
        received: stride 1]
    `);
  });
});
