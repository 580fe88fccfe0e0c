// Written by tooling/reference/weights-registry.py; edit that, not this.
import type { KerasRow } from "./rows.js";

export const KERAS_ROWS: readonly KerasRow[] = [
  ["EfficientNetB0", 224, "imagenet", 77.1, "keras-applications/efficientnetb0", "902e53a9f72be733fc0bcb005b3ebbac", "50bc09e76180e00e4465e1a485ddc09d"],
  ["EfficientNetB1", 240, "imagenet", 79.1, "keras-applications/efficientnetb1", "1d254153d4ab51201f1646940f018540", "74c4e6b3e1f6a1eea24c589628592432"],
  ["EfficientNetB2", 260, "imagenet", 80.1, "keras-applications/efficientnetb2", "b15cce36ff4dcbd00b6dd88e7857a6ad", "111f8e2ac8aa800a7a99e3239f7bfb39"],
  ["EfficientNetB3", 300, "imagenet", 81.6, "keras-applications/efficientnetb3", "ffd1fdc53d0ce67064dc6a9c7960ede0", "af6d107764bb5b1abb91932881670226"],
  ["EfficientNetB4", 380, "imagenet", 82.9, "keras-applications/efficientnetb4", "18c95ad55216b8f92d7e70b3a046e2fc", "ebc24e6d6c33eaebbd558eafbeedf1ba"],
  ["EfficientNetB5", 456, "imagenet", 83.6, "keras-applications/efficientnetb5", "ace28f2a6363774853a83a0b21b9421a", "38879255a25d3c92d5e44e04ae6cec6f"],
  ["EfficientNetB6", 528, "imagenet", 84.0, "keras-applications/efficientnetb6", "165f6e37dce68623721b423839de8be5", "9ecce42647a20130c1f39a5d4cb75743"],
  ["EfficientNetB7", 600, "imagenet", 84.3, "keras-applications/efficientnetb7", "8c03f828fec3ef71311cd463b6759d99", "cbcfe4450ddf6f3ad90b1b398090fe4a"],
  ["EfficientNetV2B0", 224, "imagenet", 78.7, "tensorflow/keras-applications/efficientnet_v2/efficientnetv2-b0", "21ecbf6da12460d5c40bb2f29ceb2188", "893217f2bb855e2983157299931e43ff"],
  ["EfficientNetV2B1", 240, "imagenet", 79.8, "tensorflow/keras-applications/efficientnet_v2/efficientnetv2-b1", "069f0534ff22adf035c89e2d9547a9dc", "0e80663031ca32d657f9caa404b6ec37"],
  ["EfficientNetV2B2", 260, "imagenet", 80.5, "tensorflow/keras-applications/efficientnet_v2/efficientnetv2-b2", "424e49f28180edbde1e94797771950a7", "1dfe2e7a5d45b6632553a8961ea609eb"],
  ["EfficientNetV2B3", 300, "imagenet", 82.1, "tensorflow/keras-applications/efficientnet_v2/efficientnetv2-b3", "1f1fc43bd98a6e4fd8fdfd551e02c7a0", "f6abf7b5849ac99a89b50dd3fd532856"],
  ["EfficientNetV2S", 384, "bytes", 83.9, "tensorflow/keras-applications/efficientnet_v2/efficientnetv2-s", "e1d88a8495beba45748fedd0cecbe016", "af0682fb74e8c54910f2d4393339c070"],
  ["EfficientNetV2M", 480, "bytes", 85.2, "tensorflow/keras-applications/efficientnet_v2/efficientnetv2-m", "a3bf6aa3276309f4fc6a34aa114c95cd", "1b8dc055df72dde80d614482840fe342"],
  ["EfficientNetV2L", 480, "bytes", 85.7, "tensorflow/keras-applications/efficientnet_v2/efficientnetv2-l", "27e6d408b53c7ebc868fefa357689935", "b0b66b5c863aef5b46e8608fe1711615"],
];
