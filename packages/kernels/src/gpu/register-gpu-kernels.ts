import { EfficientNetError } from "@efficientnet/errors";
import * as tf from "@tensorflow/tfjs-core";
import { FUSED } from "../fused-names.js";
import {
  type Pointwise,
  type WebGLProgram,
  type WebGPUProgram,
  webglProgram,
  webgpuProgram,
} from "./pointwise-program.js";

/** SiLU and its gradient `dy s (1 + x (1 - s))`. */
const POINTWISE: Readonly<Record<string, Pointwise>> = {
  [FUSED.silu]: { inputs: ["x"], glsl: "a / (1.0 + exp(-a))", wgsl: "a / (1.0 + exp(-a))" },
  [FUSED.siluGradient]: {
    inputs: ["x", "dy"],
    glsl: "b * (1.0 + a * (1.0 - 1.0 / (1.0 + exp(-a)))) / (1.0 + exp(-a))",
    wgsl: "b * (1.0 + a * (1.0 - 1.0 / (1.0 + exp(-a)))) / (1.0 + exp(-a))",
  },
};

/** The method of each backend that runs a program of somebody else's. */
interface Runners {
  runWebGLProgram(program: WebGLProgram, inputs: tf.TensorInfo[], dtype: tf.DataType): tf.TensorInfo;
  runWebGPUProgram(program: WebGPUProgram, inputs: tf.TensorInfo[], dtype: tf.DataType): tf.TensorInfo;
}

const METHODS = { webgl: "runWebGLProgram", webgpu: "runWebGPUProgram" } as const;

/** The backends that these kernels are for. */
export type GpuBackendName = keyof typeof METHODS;

/**
 * Gives tfjs's webgl or webgpu backend SiLU and its gradient in one pass each; nothing else that training needs is
 * missing there.
 *
 * @throws `unsupported` where the backend does not run programs as that of 4.22.0 does.
 */
export function registerGpuKernels(name: GpuBackendName, backend: unknown): void {
  const runner = backend as Partial<Runners>;
  if (typeof runner[METHODS[name]] !== "function") {
    throw new EfficientNetError("unsupported", `the ${name} backend does not run programs of others`, {
      expected: `${METHODS[name]} of @tensorflow/tfjs-backend-${name} 4.22.0`,
      hint: "install the tfjs packages of version 4.22.0",
    });
  }
  for (const [kernelName, pointwise] of Object.entries(POINTWISE)) {
    if (tf.getKernel(kernelName, name) !== undefined) continue;
    tf.registerKernel({
      kernelName,
      backendName: name,
      kernelFunc: (params) => {
        const given = params.inputs as Readonly<Record<string, tf.TensorInfo>>;
        const inputs = pointwise.inputs.flatMap((input) => given[input] ?? []);
        return runPointwise(name, params.backend as Runners, kernelName, pointwise, inputs);
      },
    });
  }
}

function runPointwise(
  name: GpuBackendName,
  backend: Runners,
  kernelName: string,
  pointwise: Pointwise,
  inputs: tf.TensorInfo[],
): tf.TensorInfo {
  const shape = inputs[0]?.shape ?? [];
  if (name === "webgpu")
    return backend.runWebGPUProgram(webgpuProgram(kernelName, pointwise, shape), inputs, "float32");
  const uniforms = tf.env().getBool("WEBGL_USE_SHAPES_UNIFORMS");
  return backend.runWebGLProgram(webglProgram(pointwise, shape, uniforms), inputs, "float32");
}
