import type { ArchitectureSpec } from "@efficientnet/specs";
import type { Piece } from "../table/piece.js";
import type { Task } from "./task.js";

/** Side of the input in pixels, and pictures at once. */
export interface InputOptions {
  readonly imageSize: number;
  readonly batch: number;
}

/**
 * What networks are timed on: a backend of tfjs or the engine. Weights are random, for times do not depend on them. Tasks
 * are the caller's to dispose.
 */
export interface Device {
  /** `tfjs wasm`, `engine`. */
  readonly name: string;
  /** One line for people: threads, instructions, adapter. */
  readonly description: string;
  /** Inference of a whole network, batch norm folded, from an input on the device to the logits on it. */
  openNetwork(spec: ArchitectureSpec, input: InputOptions): Promise<Task>;
  /** Inference of a piece alone. */
  openPiece(piece: Piece, batch: number): Promise<Task>;
}
