import { checkModes } from "./check-modes.js";

Object.assign(globalThis, { api: { checkModes } });
