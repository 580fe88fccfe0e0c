import { storeCheckpoint } from "./store-checkpoint.js";

// Writes more than it may, and says what it was told.
const [, , path = ""] = process.argv;
await storeCheckpoint(path, new Uint8Array(1_000_000)).catch((error: unknown) => console.log(String(error)));
