import { compilePlan } from "@efficientnet/plan";
import { getSpec, tensorShapes } from "@efficientnet/specs";
import { profilePlan } from "@efficientnet/wasm";

const [name, size, batch, mode] = process.argv.slice(2);
const spec = getSpec(name!);
const sizes = new Map(tensorShapes(spec).map((t) => [t.name, t]));
let seed = 1;
const rnd = () => {
  seed = (seed * 1103515245 + 12345) & 0x7fffffff;
  return seed / 0x7fffffff - 0.5;
};
const read = (n: string) => {
  const t = sizes.get(n)!;
  const len = t.shape.reduce((a, b) => a * b, 1);
  const fan = len / (t.shape.at(-1) ?? 1);
  const a = new Float32Array(len);
  const pos = n.endsWith("variance") || n.endsWith("gamma");
  for (let i = 0; i < len; i++) a[i] = pos ? 1 : (rnd() * 3) / Math.sqrt(Math.max(1, fan));
  return a;
};
const plan = compilePlan(spec, read, { imageSize: Number(size), batch: Number(batch ?? 1) });
const p = await profilePlan(plan, { runs: 30 });
console.log(
  p.build,
  "peak GMAC/s",
  (p.machine.macsPerSecond / 1e9).toFixed(1),
  "GB/s",
  (p.machine.bytesPerSecond / 1e9).toFixed(1),
);
const kinds = new Map<string, [number, number, number]>();
for (const s of p.steps) {
  const st = plan.steps.find((x) => x.name === s.name)!;
  const o = plan.buffers[st.output]!,
    i = plan.buffers[st.input]!;
  const kind =
    st.kind === "conv"
      ? `conv${st.kernelSize}s${st.stride}${st.gate !== null ? "g" : ""}${st.activation ? "a" : ""}`
      : st.kind === "depthwise"
        ? `dw${st.kernelSize}s${st.stride}`
        : st.kind;
  const k = kinds.get(kind) ?? [0, 0, 0];
  kinds.set(kind, [k[0] + s.milliseconds, k[1] + s.floorMs, k[2] + s.macs]);
  if (mode !== "sum")
    console.log(
      s.name.padEnd(24),
      kind.padEnd(9),
      `${o.height}x${o.width} ${i.channels}>${o.channels}`.padEnd(18),
      s.milliseconds.toFixed(3),
      s.floorMs.toFixed(3),
      s.ratio.toFixed(2),
    );
}
for (const [k, [a, b, m]] of kinds)
  console.log("==", k.padEnd(9), a.toFixed(2), b.toFixed(2), (b / a).toFixed(2), (m / 1e6).toFixed(1));
console.log("total", p.milliseconds.toFixed(2), "floor", p.floorMs.toFixed(2), "peak share", p.peakShare.toFixed(3));
