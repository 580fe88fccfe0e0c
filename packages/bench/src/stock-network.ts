import { EfficientNetError } from "@efficientnet/errors";
import { type ArchitectureSpec, type Block, expandBlocks, type Padding } from "@efficientnet/specs";
import * as tf from "@tensorflow/tfjs-core";

type Params = ReadonlyMap<string, tf.Tensor>;

interface Layer {
  readonly name: string;
  readonly stride: number;
  readonly depthwise: boolean;
  readonly activated: boolean;
}

/**
 * The network as one would write it by hand in stock tfjs operations, knowing its tricks: with folded parameters every
 * convolution is a fused one with bias; with a batch norm of its own it is `conv2d`, `batchNorm`, SiLU.
 * `[N,H,W,3] -> [N,classes]`.
 *
 * @throws `unsupported` for activations other than SiLU and ReLU6, and for CondConv.
 */
export function stockLogits(spec: ArchitectureSpec, params: Params, x: tf.Tensor4D): tf.Tensor2D {
  const { activation } = spec;
  const odd = expandBlocks(spec).find((block) => block.activation !== activation || block.experts > 0);
  if (odd !== undefined || (activation !== "silu" && activation !== "relu6")) {
    throw new EfficientNetError("unsupported", `${spec.name} is not written in stock tfjs operations here`, {
      expected: "SiLU or ReLU6, and ordinary convolutions",
    });
  }
  return tf.tidy(() => {
    const plain = { depthwise: false, activated: true };
    const convolve = (map: tf.Tensor4D, layer: Layer) => convNorm(params, map, layer, { ...spec, activation });
    let y = convolve(x, { ...plain, name: "stem", stride: spec.stem.stride });
    for (const block of expandBlocks(spec)) {
      const input = y;
      y = tf.tidy(() => runBlock(params, input, block, convolve));
      input.dispose();
    }
    y = convolve(y, { ...plain, name: "head", stride: 1 });
    const pooled = tf.mean(y, [1, 2]) as tf.Tensor2D;
    const kernel = tensor<tf.Tensor2D>(params, "classifier.kernel");
    return tf.fused.matMul({ a: pooled, b: kernel, bias: tensor(params, "classifier.bias") }) as tf.Tensor2D;
  });
}

function runBlock(
  params: Params,
  x: tf.Tensor4D,
  block: Block,
  convolve: (map: tf.Tensor4D, layer: Layer) => tf.Tensor4D,
): tf.Tensor4D {
  const layer = (part: string, options: Partial<Layer> = {}): Layer => ({
    name: `${block.name}.${part}`,
    stride: 1,
    depthwise: false,
    activated: true,
    ...options,
  });
  const { stride } = block;
  let y = x;
  if (block.kind === "fused-mbconv") {
    y = convolve(y, layer("expand", { stride }));
  } else {
    if (block.expands) y = convolve(y, layer("expand"));
    y = convolve(y, layer("depthwise", { stride, depthwise: true }));
  }
  if (block.squeezeChannels > 0) y = squeeze(params, y, block);
  if (block.projects) y = convolve(y, layer("project", { activated: false }));
  return block.residual ? tf.add(x, y) : y;
}

/** What all convolutions of a network have in common. */
interface Common {
  readonly activation: "silu" | "relu6";
  readonly padding: Padding;
  readonly batchNorm: { readonly epsilon: number };
}

function convNorm(
  params: Params,
  x: tf.Tensor4D,
  layer: Layer,
  { activation, padding, batchNorm }: Common,
): tf.Tensor4D {
  const filter = tensor<tf.Tensor4D>(params, `${layer.name}.conv.kernel`);
  const pad = padding === "same" ? "same" : (filter.shape[0] - 1) / 2;
  const norm = (part: string) => tensor<tf.Tensor1D>(params, `${layer.name}.norm.${part}`);
  let y: tf.Tensor4D;
  if (params.has(`${layer.name}.conv.bias`)) {
    const convolution = layer.depthwise ? tf.fused.depthwiseConv2d : tf.fused.conv2d;
    const bias = tensor(params, `${layer.name}.conv.bias`);
    if (activation === "relu6" && layer.activated) {
      return convolution({ x, filter, strides: layer.stride, pad, bias, activation });
    }
    y = convolution({ x, filter, strides: layer.stride, pad, bias });
  } else {
    const convolution = layer.depthwise ? tf.depthwiseConv2d : tf.conv2d;
    const mapped = convolution(x, filter, layer.stride, pad);
    y = tf.batchNorm(mapped, norm("mean"), norm("variance"), norm("beta"), norm("gamma"), batchNorm.epsilon);
  }
  if (!layer.activated) return y;
  return activation === "silu" ? silu(y) : tf.relu6(y);
}

function squeeze(params: Params, x: tf.Tensor4D, { name: blockName, activation }: Block): tf.Tensor4D {
  const name = `${blockName}.squeeze`;
  const pointwise = (map: tf.Tensor4D, part: string) =>
    tf.fused.conv2d({
      x: map,
      filter: tensor<tf.Tensor4D>(params, `${name}.${part}.kernel`),
      strides: 1,
      pad: "same",
      bias: tensor(params, `${name}.${part}.bias`),
    });
  const pooled = pointwise(tf.mean(x, [1, 2], true), "reduce");
  const reduced = activation === "silu" ? silu(pooled) : tf.relu6(pooled);
  return tf.mul(x, tf.sigmoid(pointwise(reduced, "expand")));
}

const silu = (x: tf.Tensor4D): tf.Tensor4D => tf.mul(x, tf.sigmoid(x));

function tensor<T extends tf.Tensor>(params: Params, name: string): T {
  const found = params.get(name);
  if (found === undefined) throw new Error(`the network has no tensor ${name}`);
  return found as T;
}
