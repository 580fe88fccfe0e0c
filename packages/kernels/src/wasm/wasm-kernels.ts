import type * as tf from "@tensorflow/tfjs-core";
import { CONSTANT_BYTES } from "../kernels.generated.js";
import { binaryOf, chooseBuild, type KernelBuild } from "./kernel-build.js";
import { openHeap, type TfjsHeap, type TfjsWasmBackend } from "./tfjs-heap.js";

type Address = number;
type Scratch = (geometry: Address) => number;
type Linear = (geometry: Address, a: Address, b: Address, to: Address, scratch: Address) => void;

/** What the binaries export. */
export interface KernelExports {
  setup(): void;
  conv(geometry: Address, x: Address, kernel: Address, bias: Address, y: Address, scratch: Address): void;
  readonly convBackpropInput: Linear;
  readonly convBackpropFilter: Linear;
  readonly convScratch: Scratch;
  readonly depthwise: Linear;
  readonly depthwiseBackpropInput: Linear;
  readonly depthwiseBackpropFilter: Linear;
  readonly depthwiseScratch: Scratch;
  normScratch(channels: number): number;
  normStatistics(
    x: Address,
    pixels: number,
    channels: number,
    mean: Address,
    variance: Address,
    scratch: Address,
  ): void;
  normForward(...args: readonly number[]): void;
  normBackward(...args: readonly number[]): void;
  siluForward(x: Address, count: number, y: Address): void;
  siluBackward(x: Address, dy: Address, count: number, dx: Address): void;
  sumMiddle(x: Address, outer: number, middle: number, inner: number, factor: number, y: Address): void;
  rmsprop(...args: readonly number[]): void;
  blend(from: Address, to: Address, count: number, share: number, y: Address): void;
  segmentSum(x: Address, ids: Address, rows: number, length: number, segments: number, y: Address): void;
}

/** Our kernels inside one wasm backend. */
export interface WasmKernels {
  readonly build: KernelBuild;
  readonly run: KernelExports;
  /** Where a tensor's values lie. */
  at(tensor: tf.TensorInfo): Address;
  /** A new float32 tensor, not filled. */
  output(shape: readonly number[]): tf.TensorInfo;
  /** Calls `use` with so many bytes of the heap and frees them, also when it throws. */
  withScratch<T>(bytes: number, use: (address: Address) => T): T;
  /** Writes the words of a geometry; its address is the same every time. */
  geometry(words: readonly number[]): Address;
}

const ZEROS_BYTES = 32;
const GEOMETRY_BYTES = 64;

const instances = new WeakMap<object, WasmKernels>();
const modules = new Map<string, WebAssembly.Module>();
let chosen: KernelBuild | undefined;

/** Compiles ahead, so that the first step of a page does not block it. @throws see {@link chooseBuild}, {@link openHeap}. */
export async function compileFor(backend: object, build?: KernelBuild): Promise<WasmKernels> {
  chosen = chooseBuild(build);
  if (instances.get(backend)?.build !== chosen) instances.delete(backend);
  const shared = isShared(openHeap(backend));
  const key = `${chosen} ${shared}`;
  if (!modules.has(key)) modules.set(key, await WebAssembly.compile(binaryOf(chosen, shared)));
  return kernelsOf(backend);
}

/** The kernels of a backend; of a new one, after the old one was disposed, they are made on the spot. */
export function kernelsOf(backend: object): WasmKernels {
  const known = instances.get(backend);
  if (known !== undefined) return known;
  const made = instantiate(backend as TfjsWasmBackend, chosen ?? chooseBuild());
  instances.set(backend, made);
  return made;
}

const isShared = ({ memory }: TfjsHeap): boolean => !(memory.buffer instanceof ArrayBuffer);

function instantiate(backend: TfjsWasmBackend, build: KernelBuild): WasmKernels {
  const heap = openHeap(backend);
  const shared = isShared(heap);
  const module = modules.get(`${build} ${shared}`) ?? new WebAssembly.Module(binaryOf(build, shared));
  // Belongs to the backend and goes with it.
  const constants = heap.allocate(CONSTANT_BYTES + ZEROS_BYTES + GEOMETRY_BYTES + 16);
  const aligned = (constants + 15) & ~15;
  const zeros = aligned + CONSTANT_BYTES;
  const geometryAt = zeros + ZEROS_BYTES;
  new Uint8Array(heap.memory.buffer, aligned, CONSTANT_BYTES + ZEROS_BYTES + GEOMETRY_BYTES).fill(0);
  const instance = new WebAssembly.Instance(module, { env: { memory: heap.memory, constants: aligned, zeros } });
  const run = instance.exports as unknown as KernelExports;
  run.setup();
  return {
    build,
    run,
    at: ({ dataId }) => backend.dataIdMap.get(dataId).memoryOffset,
    output: (shape) => backend.makeOutput([...shape], "float32"),
    withScratch: (bytes, use) => {
      const address = heap.allocate(Math.max(16, bytes));
      try {
        return use(address);
      } finally {
        heap.free(address);
      }
    },
    geometry: (words) => {
      new Int32Array(heap.memory.buffer, geometryAt, words.length).set(words);
      return geometryAt;
    },
  };
}
