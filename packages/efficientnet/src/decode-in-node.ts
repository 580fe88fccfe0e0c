import { EfficientNetError, isEfficientNetError } from "@efficientnet/errors";
import { type Picture, type PictureSource, type PixelLimit, pictureFrom } from "@efficientnet/preprocess";
import { pictureFromFile } from "@efficientnet/preprocess/node";

/** In Node a picture may also be a file: its path, its `file:` URL, or its bytes. */
export type NodePictureSource = PictureSource | string | URL | Uint8Array | ArrayBuffer;

export async function decodeInNode(source: NodePictureSource, limit: PixelLimit): Promise<Picture> {
  if (
    typeof source === "string" ||
    source instanceof URL ||
    source instanceof Uint8Array ||
    source instanceof ArrayBuffer
  ) {
    return pictureFromFile(source, limit);
  }
  try {
    return await pictureFrom(source, limit);
  } catch (error) {
    throw isEfficientNetError(error, "invalid-argument") ? nameFiles(source, error) : error;
  }
}

/** What is no picture in a page is none in Node, but here the likeliest thing that was meant is a file. */
function nameFiles(source: unknown, error: EfficientNetError): EfficientNetError {
  const [fact = ""] = error.message.split("\n");
  if (fact !== "this is not a picture") return error;
  return new EfficientNetError(error.code, fact, {
    expected: "a path, a file: URL, the bytes of a file; { data, width, height }; or { tensor, range }",
    ...(error.received === undefined ? {} : { received: error.received }),
    // Bytes of another type are told to become a Blob, which Node does not decode.
    ...(error.hint === undefined || ArrayBuffer.isView(source) ? {} : { hint: error.hint }),
    cause: error,
  });
}
