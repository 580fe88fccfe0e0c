import type { Checkpoint } from "../checkpoint.js";
import { isTorchStream } from "./detect-pytorch.js";
import { readStreamFile } from "./read-stream-file.js";
import { readZipFile } from "./read-zip-file.js";

/**
 * Reads a `.pth`, `.pt` or `.bin` file of PyTorch: a zip, or the stream of versions before 1.6. Training checkpoints
 * are opened, and moving averages preferred, which `metadata` tells.
 *
 * The pickle inside is read as data. What it asks to call beyond the few functions that make tensors is refused by its
 * name (`posix.system`); what it merely mentions is dropped.
 *
 * @throws `wrong-file`; `unsupported` for TorchScript and for complex or quantised tensors.
 */
export function readPytorch(bytes: Uint8Array): Checkpoint {
  return isTorchStream(bytes) ? readStreamFile(bytes) : readZipFile(bytes);
}
