/** A function of one or two tensors of the same shape, value by value, in both shading languages. */
export interface Pointwise {
  /** Inputs in the order of their letters, A then B. */
  readonly inputs: readonly string[];
  /** GLSL over `vec4 a` and `vec4 b`. */
  readonly glsl: string;
  /** WGSL over `a : f32` and `b : f32`. */
  readonly wgsl: string;
}

const LETTERS = ["A", "B"] as const;

/** What tfjs's WebGL backend runs; four values of two rows stand in one texel, as in its own programs. */
export interface WebGLProgram {
  readonly variableNames: string[];
  readonly outputShape: number[];
  readonly packedInputs: true;
  readonly packedOutput: true;
  readonly enableShapeUniforms: boolean;
  readonly userCode: string;
}

/** A program for one shape, or with shape uniforms for every shape of its rank. */
export function webglProgram({ inputs, glsl }: Pointwise, shape: readonly number[], uniforms: boolean): WebGLProgram {
  const letters = LETTERS.slice(0, inputs.length);
  const reads = letters.map((letter) => `vec4 ${letter.toLowerCase()} = get${letter}AtOutCoords();`);
  return {
    variableNames: letters,
    outputShape: [...shape],
    packedInputs: true,
    packedOutput: true,
    enableShapeUniforms: uniforms && shape.length <= 4,
    userCode: `void main() { ${reads.join(" ")} setOutput(${glsl}); }`,
  };
}

/** What tfjs's WebGPU backend runs. */
export interface WebGPUProgram {
  readonly variableNames: string[];
  readonly outputShape: number[];
  readonly shaderKey: string;
  readonly size: true;
  readonly workgroupSize: [number, number, number];
  readonly dispatchLayout: { readonly x: number[] };
  dispatch: [number, number, number];
  readonly getUserCode: () => string;
}

const WORKGROUP = 128;

/** One invocation for each value. The backend itself folds a dispatch that is too long into two or three dimensions. */
export function webgpuProgram(name: string, { inputs, wgsl }: Pointwise, shape: readonly number[]): WebGPUProgram {
  const letters = LETTERS.slice(0, inputs.length);
  const reads = letters.map((letter) => `let ${letter.toLowerCase()} = get${letter}ByOutputIndex(index);`);
  const size = shape.reduce((product, length) => product * length, 1);
  return {
    variableNames: letters,
    outputShape: [...shape],
    shaderKey: name,
    size: true,
    workgroupSize: [WORKGROUP, 1, 1],
    dispatchLayout: { x: shape.map((_, axis) => axis) },
    dispatch: [Math.ceil(size / WORKGROUP), 1, 1],
    getUserCode: () =>
      `fn main(index : i32) { if (index < uniforms.size) { ${reads.join(" ")} setOutputAtIndex(index, ${wgsl}); } }`,
  };
}
