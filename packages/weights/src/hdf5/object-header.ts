import type { Fields } from "./fields.js";
import { badHdf5, unservedHdf5 } from "./hdf5-error.js";
import type { Hdf5File } from "./hdf5-file.js";

/** Types of header messages that this reader looks at. */
export const MESSAGE = {
  dataspace: 0x01,
  linkInfo: 0x02,
  datatype: 0x03,
  link: 0x06,
  layout: 0x08,
  filters: 0x0b,
  attribute: 0x0c,
  continuation: 0x10,
  symbolTable: 0x11,
  attributeInfo: 0x15,
} as const;

const SHARED = 2;
const TIMES = 0x20;
const ATTRIBUTE_LIMITS = 0x10;
const CREATION_ORDER = 4;

interface Message {
  readonly type: number;
  readonly shared: boolean;
  readonly body: Uint8Array;
}

/** What an object's header says, by type of message. */
export interface ObjectHeader {
  readonly has: (type: number) => boolean;
  /** Bodies of all messages of a type. */
  readonly all: (type: number) => readonly Uint8Array[];
  /** Body of the only message of a type; undefined when there is none. */
  readonly find: (type: number) => Uint8Array | undefined;
}

/**
 * Reads the header of a group or dataset with all its continuations, versions 1 and 2.
 *
 * Source: HDF5 File Format Specification 3.0, IV.A.1.
 */
export function readObjectHeader(file: Hdf5File, address: number): ObjectHeader {
  const fields = file.at(address, "object header");
  const version = fields.u8();
  if (version === 1) return index(readVersion1(file, fields));
  if (version === 0x4f) return index(readVersion2(file, file.at(address, "object header")));
  throw badHdf5("the HDF5 file has no object header where it says it has one", { received: `version ${version}` });
}

function index(messages: readonly Message[]): ObjectHeader {
  const all = (type: number) =>
    messages
      .filter((message) => message.type === type)
      .map(({ shared, body }) => {
        if (shared) throw unservedHdf5("a header that refers to another");
        return body;
      });
  return { has: (type) => messages.some((message) => message.type === type), all, find: (type) => all(type)[0] };
}

function readVersion1(file: Hdf5File, fields: Fields): readonly Message[] {
  fields.skip(7);
  const length = fields.u32();
  fields.skip(4);
  return readBlocks(
    file,
    fields.sub(length),
    8,
    ({ address, length }) => file.at(address, "object header", length),
    (block) => {
      const [type, size, flags] = [block.u16(), block.u16(), block.u8()];
      block.skip(3);
      return { type, size, flags };
    },
  );
}

function readVersion2(file: Hdf5File, fields: Fields): readonly Message[] {
  fields.expectSignature("OHDR");
  fields.skip(1);
  const flags = fields.u8();
  fields.skip((flags & TIMES ? 16 : 0) + (flags & ATTRIBUTE_LIMITS ? 4 : 0));
  const first = fields.sub(fields.unsigned(1 << (flags & 3)));
  const prefix = flags & CREATION_ORDER ? 6 : 4;
  const next = ({ address, length }: Continuation) => {
    const block = file.at(address, "object header", length);
    block.expectSignature("OCHK");
    // The checksum of four bytes is at the end.
    return block.sub(Math.max(block.left - 4, 0));
  };
  return readBlocks(file, first, prefix, next, (block) => {
    const [type, size, flags] = [block.u8(), block.u16(), block.u8()];
    block.skip(prefix - 4);
    return { type, size, flags };
  });
}

interface Continuation {
  readonly address: number | null;
  readonly length: number;
}

/** Messages of the first block and of those it leads to; less than a prefix at the end of a block is a gap. */
function readBlocks(
  file: Hdf5File,
  first: Fields,
  prefix: number,
  open: (continuation: Continuation) => Fields,
  readPrefix: (block: Fields) => { readonly type: number; readonly size: number; readonly flags: number },
): readonly Message[] {
  const messages: Message[] = [];
  const blocks = [first];
  for (const block of blocks) {
    while (block.left >= prefix) {
      file.count();
      const { type, size, flags } = readPrefix(block);
      if (type === MESSAGE.continuation) {
        const body = block.sub(size);
        blocks.push(open({ address: body.address(), length: body.length() }));
      } else {
        messages.push({ type, shared: (flags & SHARED) !== 0, body: block.take(size) });
      }
    }
  }
  return messages;
}
