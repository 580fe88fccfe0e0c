import { decodeSpec, mnasNetSpace, sampleGenotype, seededRandom, trainingAwareSpace } from "@efficientnet/nas";
import { getSpec } from "@efficientnet/specs";
import { describe, expect, it } from "vitest";
import { piecesOf } from "./piece.js";
import { piecesOfSpace } from "./pieces-of-space.js";

const SPACES = {
  "EfficientNetV2's, around V2-B0": trainingAwareSpace({ base: getSpec("efficientnetv2-b0") }),
  "MnasNet's, whose widths vary": mnasNetSpace(),
};

describe("piecesOfSpace", () => {
  it.each(Object.entries(SPACES))("has every piece of every network of %s", (_, space) => {
    const geometries = piecesOfSpace(space, 64).map(({ geometry }) => geometry);
    const all = new Set(geometries);
    expect(geometries).toHaveLength(all.size);
    for (let index = 0; index < 200; index++) {
      const network = decodeSpec(space, sampleGenotype(space, seededRandom(1, index)));
      expect(piecesOf(network, 64).filter(({ geometry }) => !all.has(geometry))).toEqual([]);
    }
  });

  it("has few of them for very many networks", () => {
    expect(piecesOfSpace(SPACES["EfficientNetV2's, around V2-B0"], 64).length).toMatchInlineSnapshot(`146`);
  });
});
