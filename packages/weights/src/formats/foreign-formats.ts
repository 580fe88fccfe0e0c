/** A kind of file that people hand over by mistake, or that this version does not read. */
interface ForeignFormat {
  /** Completes "this looks like ...". */
  readonly what: string;
  readonly detect: (bytes: Uint8Array) => boolean;
  readonly hint?: string;
}

/** Most specific first. */
const FOREIGN_FORMATS: readonly ForeignFormat[] = [
  { what: "an empty file", detect: (bytes) => bytes.byteLength === 0 },
  { what: "a zip file", detect: isZip },
  {
    what: "a pickle that torch.save did not write",
    detect: (bytes) => bytes[0] === 0x80 && within(bytes[1], 2, 5),
    hint: "save model.state_dict() with torch.save",
  },
  {
    what: "the list of TensorFlow checkpoints in a folder",
    detect: (bytes) => head(bytes).startsWith("model_checkpoint_path:"),
    hint: "give the .index file and the .data files beside it",
  },
  { what: "a gzip archive", detect: starts(0x1f, 0x8b), hint: "unpack it first" },
  { what: "a tar archive", detect: (bytes) => text(bytes, 257, 262) === "ustar", hint: "unpack it first" },
  {
    what: "a Git LFS pointer, not the file it points to",
    detect: (bytes) => head(bytes).startsWith("version https://git-lfs"),
    hint: "fetch the file itself with git lfs pull",
  },
  {
    what: "a web page or an error answer",
    detect: (bytes) => /^\s*<(!doctype|html|\?xml|error)/i.test(head(bytes)),
    hint: "check the address the file came from",
  },
  {
    what: "a JSON file",
    detect: (bytes) => /^\s*[{[]/.test(head(bytes)),
    hint: "give the weights file that it describes",
  },
];

/** What unreadable bytes look like, or undefined when nothing is recognised. */
export function recogniseForeignFormat(bytes: Uint8Array): Pick<ForeignFormat, "what" | "hint"> | undefined {
  return FOREIGN_FORMATS.find(({ detect }) => detect(bytes));
}

function starts(...magic: readonly number[]): (bytes: Uint8Array) => boolean {
  return (bytes) => magic.every((byte, index) => bytes[index] === byte);
}

function isZip(bytes: Uint8Array): boolean {
  return starts(0x50, 0x4b, 0x03, 0x04)(bytes);
}

function within(value: number | undefined, low: number, high: number): boolean {
  return value !== undefined && value >= low && value <= high;
}

/** The first bytes, one character each. */
function head(bytes: Uint8Array): string {
  return text(bytes, 0, 256);
}

function text(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}
