import { describe, expect, it } from "vitest";
import { checkWeights, nameMap, recogniseFamily, recogniseVariant, specForArch } from "../index.js";
import { outline } from "../testing/outline.js";

const a1 = specForArch("tpu", "mnasnet-a1");
const names = new Map(nameMap("tensorflow-mnasnet", a1).map(({ canonical, foreign }) => [canonical, foreign]));

/** As the file spells it: convolutions and the classifier stand under the class of the model, batch norms do not. */
const spelled = (foreign: string) => {
  const squeeze = [...names].some(([canonical, name]) => name === foreign && canonical.includes(".squeeze."));
  const scoped = squeeze ? foreign.replace("/", "/se/") : foreign;
  return foreign.includes("batch_normalization") ? `mnasnet-a1/${scoped}` : `mnasnet-a1/mnas_net_model/${scoped}`;
};

describe("the names of Google's MnasNet", () => {
  it("number convolutions through the network, stem and head last, and batch norms within a block", () => {
    expect(names.get("stages.0.0.project.conv.kernel")).toBe("mnas_blocks_0/conv2d/kernel");
    expect(names.get("stages.0.0.project.norm.gamma")).toBe("mnas_blocks_0/batch_normalization_1/gamma");
    // The name that a published checkpoint has: expansion 13, squeeze 14 and 15, projection 16.
    expect(names.get("stages.2.2.project.conv.kernel")).toBe("mnas_blocks_5/conv2d_16/kernel");
    expect(names.get("stages.2.2.squeeze.reduce.bias")).toBe("mnas_blocks_5/conv2d_14/bias");
    expect(names.get("stages.2.2.depthwise.conv.kernel")).toBe("mnas_blocks_5/depthwise_conv2d_5/depthwise_kernel");
    expect(names.get("stem.conv.kernel")).toBe("mnas_stem/conv2d_47/kernel");
    expect(names.get("head.conv.kernel")).toBe("mnas_head/conv2d_48/kernel");
    expect(names.get("classifier.kernel")).toBe("mnas_head/dense/kernel");
  });

  it("are recognised as a file spells them, averages and slots included", () => {
    const plain = nameMap("tensorflow-mnasnet", a1).map((m) => [spelled(m.foreign), m.foreignShape] as const);
    const more = plain.flatMap(([name, shape]) =>
      ["ExponentialMovingAverage", "RMSProp", "RMSProp_1"].map((slot) => [`${name}/${slot}`, shape] as const),
    );
    const file = outline([...plain, ...more, ["global_step", []]]);
    expect(recogniseFamily(file)).toBe("tensorflow-mnasnet");
    expect(recogniseVariant(file)).toMatchObject({ variant: "mnasnet-a1", score: 1, classes: 1000 });
    expect(checkWeights(a1, file).fits).toBe(true);
  });
});
