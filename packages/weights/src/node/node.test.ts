import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { clearCache, type WeightsCache } from "../download/index.js";
import { sendFile, type TestServer, testServer } from "../testing/test-server.js";
import { cacheFolder, downloadWeights, folderCache, hubSettings, resolveWeights } from "./index.js";

const FILE = Uint8Array.from({ length: 10_000 }, (_, i) => (i * 13) & 0xff);
const META = { size: 3, sha256: "0".repeat(64), url: "https://example.org/b0.pth", etag: '"v1"' };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "weights-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => vi.unstubAllEnvs());

describe("the folder of the cache", () => {
  it.each<[NodeJS.Platform, Record<string, string>, string]>([
    ["linux", {}, "/home/ada/.cache/efficientnet"],
    ["linux", { XDG_CACHE_HOME: "/var/cache/ada" }, "/var/cache/ada/efficientnet"],
    ["freebsd", {}, "/home/ada/.cache/efficientnet"],
    ["darwin", { XDG_CACHE_HOME: "/x" }, "/home/ada/Library/Caches/efficientnet"],
    ["win32", { LOCALAPPDATA: "/local" }, "/local/efficientnet"],
    ["win32", {}, "/home/ada/AppData/Local/efficientnet"],
    ["linux", { EFFICIENTNET_CACHE: "/data/models", XDG_CACHE_HOME: "/x" }, "/data/models"],
    ["linux", { EFFICIENTNET_CACHE: "" }, "/home/ada/.cache/efficientnet"],
  ])("on %s with %j is %s", (platform, env, expected) => {
    expect(cacheFolder(env, platform, "/home/ada").replaceAll(sep, "/")).toBe(expected);
  });
});

describe("what the environment says about the hub", () => {
  it("is what its other programs heed", () => {
    const home = join(folder, "home");
    expect(hubSettings({}, home)).toEqual({});
    expect(
      hubSettings({ HF_TOKEN: " hf_a\n", HF_ENDPOINT: "https://mirror.example", HF_HUB_OFFLINE: "1" }, home),
    ).toEqual({
      token: "hf_a",
      endpoint: "https://mirror.example",
      offline: true,
    });
  });

  it("is the token that logging in stored", () => {
    const home = join(folder, "home");
    for (const place of [".cache/huggingface", "hf", "xdg/huggingface"]) {
      mkdirSync(join(home, place), { recursive: true });
      writeFileSync(join(home, place, "token"), `hf_${place.length}\n`);
    }
    expect(hubSettings({}, home)).toEqual({ token: "hf_18" });
    expect(hubSettings({ HF_HOME: join(home, "hf") }, home)).toEqual({ token: "hf_2" });
    expect(hubSettings({ XDG_CACHE_HOME: join(home, "xdg") }, home)).toEqual({ token: "hf_15" });
    expect(hubSettings({ HF_TOKEN_PATH: join(home, "xdg/huggingface/token") }, home)).toEqual({ token: "hf_15" });
    expect(hubSettings({ HF_HUB_DISABLE_IMPLICIT_TOKEN: "1" }, home)).toEqual({});
  });
});

describe("a folder as cache", () => {
  const fresh = (name: string): [WeightsCache, string] => [folderCache(join(folder, name)), join(folder, name)];

  it("gives back what was written, under any key, also to another object", async () => {
    const [cache, place] = fresh("any");
    const keys = [
      "https://example.org/b0.pth",
      "hf:owner/name/b0.pth@0123",
      "../../outside",
      "a".repeat(1000),
      "",
      "ключ",
      "B0",
      "b0",
    ];
    for (const [i, key] of keys.entries()) await cache.write(key, Uint8Array.of(1, 2, i), META);
    for (const [i, key] of keys.entries()) {
      expect(await folderCache(place).read(key)).toEqual({ bytes: Uint8Array.of(1, 2, i), meta: META });
    }
    expect((await cache.list()).map(({ key }) => key).sort()).toEqual([...keys].sort());
    expect(readdirSync(folder).includes("outside")).toBe(false);
    expect(readdirSync(place).some((name) => name.startsWith("example.org_b0.pth-"))).toBe(true);
  });

  it("is empty before its first file, and after it was cleared", async () => {
    const [cache, place] = fresh("new");
    expect([await cache.read("key"), await cache.list()]).toEqual([null, []]);
    expect(existsSync(place)).toBe(false);
    await cache.write("key", Uint8Array.of(1, 2, 3), META);
    expect(await clearCache(cache)).toBe(3);
    expect(readdirSync(place)).toEqual([]);
    await cache.delete("key");
  });

  it("ignores files that are not its own, and its own when they are damaged", async () => {
    const [cache, place] = fresh("odd");
    await cache.write("key", Uint8Array.of(1, 2, 3), META);
    writeFileSync(join(place, "notes.json"), '{"a":1}');
    writeFileSync(join(place, "broken.json"), "{");
    expect((await cache.list()).length).toBe(1);
    const meta = readdirSync(place).find((name) => name.startsWith("key-") && name.endsWith(".json"));
    writeFileSync(join(place, meta!), '{"key":"key"');
    expect(await cache.read("key")).toBeNull();
  });

  it("leaves nothing of a write that failed, and removes what a dead process left", async () => {
    const [cache, place] = fresh("dead");
    mkdirSync(place);
    const old = join(place, "old.weights.1.unfinished");
    const young = join(place, "young.weights.1.unfinished");
    for (const path of [old, young]) writeFileSync(path, "x");
    utimesSync(old, new Date(0), new Date(0));
    await cache.write("key", Uint8Array.of(1, 2, 3), META);
    expect([existsSync(old), existsSync(young)]).toEqual([false, true]);
    rmSync(young);
    // A folder in the place of the file makes the last step fail.
    const data = readdirSync(place).find((name) => name.endsWith(".weights"));
    rmSync(join(place, data!));
    mkdirSync(join(place, data!, "inside"), { recursive: true });
    await expect(cache.write("key", Uint8Array.of(4), META)).rejects.toThrow();
    expect(readdirSync(place).filter((name) => name.endsWith(".unfinished"))).toEqual([]);
  });

  it("lets two writers of one file end with one of them", async () => {
    const [cache] = fresh("race");
    const versions = [Uint8Array.of(1), Uint8Array.of(2, 2)];
    await Promise.all(versions.map((bytes) => cache.write("key", bytes, { ...META, size: bytes.length })));
    expect([1, 2]).toContain((await cache.read("key"))?.bytes.length);
  });
});

describe("weights in Node", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await testServer((request, response) => sendFile(request, response, FILE));
  });
  afterAll(() => server.close());

  it("are kept in the folder of the cache without being asked to", async () => {
    vi.stubEnv("EFFICIENTNET_CACHE", join(folder, "usual"));
    const load = () => downloadWeights(`${server.url}/b0.pth`);
    expect((await load()).get("b0.pth")).toEqual(FILE);
    const [name] = readdirSync(join(folder, "usual")).filter((file) => file.endsWith(".weights"));
    expect(new Uint8Array(readFileSync(join(folder, "usual", name!)))).toEqual(FILE);
    vi.stubEnv("HF_HUB_OFFLINE", "1");
    expect((await load()).get("b0.pth")).toEqual(FILE);
    expect(server.requests.length).toBe(1);
  });

  it("come although the cache cannot be written", async () => {
    const blocked = join(folder, "a-file");
    writeFileSync(blocked, "x");
    chmodSync(blocked, 0o400);
    const warnings: string[] = [];
    const onWarning = (message: string) => warnings.push(message);
    const files = await downloadWeights(`${server.url}/other.pth`, {
      cache: folderCache(join(blocked, "x")),
      onWarning,
    });
    expect(files.get("other.pth")).toEqual(FILE);
    expect(warnings.some((warning) => warning.includes("could not be cached"))).toBe(true);
  });

  it("are read from a path with what lies beside it", async () => {
    writeFileSync(
      join(folder, "x.safetensors.index.json"),
      JSON.stringify({ weight_map: { a: "x-1.bin", b: "x-2.bin" } }),
    );
    for (const name of ["x-1.bin", "x-2.bin"]) writeFileSync(join(folder, name), name);
    const path = join(folder, "x.safetensors.index.json");
    expect(resolveWeights(path)).toEqual({ kind: "path", path });
    let total = 0;
    const files = await downloadWeights(path, { onProgress: (progress) => (total = progress.total ?? 0) });
    expect([...files.keys()]).toEqual(["x.safetensors.index.json", "x-1.bin", "x-2.bin"]);
    expect(total).toBe([...files.values()].reduce((sum, { length }) => sum + length, 0));
    rmSync(join(folder, "x-2.bin"));
    await expect(downloadWeights(path)).rejects.toMatchObject({ code: "unknown-name" });
  });
});
