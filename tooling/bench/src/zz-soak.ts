import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
setFlagsFromString("--expose-gc"); const gc = runInNewContext("gc");
import { soak } from "./run-soak.js";
const t = setInterval(() => { gc(); const m = process.memoryUsage(); console.log(Math.round(process.uptime()), ...[m.rss, m.heapUsed, m.external, m.arrayBuffers].map((b) => (b / 1e6).toFixed(1))); }, 15000);
await soak(20000, console.log); clearInterval(t);
