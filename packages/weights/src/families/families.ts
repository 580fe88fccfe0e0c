import { canonical } from "./canonical.js";
import type { Family, FamilyNames } from "./family.js";
import { kerasNumbered } from "./keras-numbered.js";
import { kerasV1 } from "./keras-v1.js";
import { kerasV2 } from "./keras-v2.js";
import { lukemelas } from "./lukemelas.js";
import { tensorflow } from "./tensorflow.js";
import { tensorflowMnasnet } from "./tensorflow-mnasnet.js";
import { tfjsGraph } from "./tfjs-graph.js";
import { tflite } from "./tflite.js";
import { timm } from "./timm.js";
import { torchvision } from "./torchvision.js";
import { torchvisionMnasnet } from "./torchvision-mnasnet.js";
import { transformers } from "./transformers.js";

/** Every naming family. */
export const FAMILIES: Readonly<Record<Family, FamilyNames>> = {
  canonical,
  timm,
  torchvision,
  "torchvision-mnasnet": torchvisionMnasnet,
  lukemelas,
  transformers,
  "keras-v1": kerasV1,
  "keras-v2": kerasV2,
  // Before the numbered names of Keras, which it has under names of its own.
  "tensorflow-mnasnet": tensorflowMnasnet,
  "keras-numbered": kerasNumbered,
  tensorflow,
  tflite,
  "tfjs-graph": tfjsGraph,
};
