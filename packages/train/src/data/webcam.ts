import { EfficientNetError } from "@efficientnet/errors";
import { type Picture, pictureFrom } from "@efficientnet/preprocess";

/** A camera that is on. */
export interface Webcam {
  readonly width: number;
  readonly height: number;
  /** What the camera sees now. */
  grab(): Promise<Picture>;
  /** Turns the camera off. */
  close(): void;
}

/**
 * Turns on a camera whose frames become pictures: grab some for each class, and make an `arrayDataset` of them. The page
 * asks its user for permission.
 *
 * @param video - what `getUserMedia` takes: size, facing mode, device
 * @throws `unsupported` where there is no camera or the page is not secure; `forbidden` where the user or the page's
 * policy says no.
 */
export async function openWebcam(video: MediaTrackConstraints | true = true): Promise<Webcam> {
  const stream = await openStream(video);
  const close = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  try {
    const element = Object.assign(document.createElement("video"), {
      muted: true,
      playsInline: true,
      srcObject: stream,
    });
    await element.play();
    const { videoWidth: width, videoHeight: height } = element;
    return { width, height, grab: () => pictureFrom(element), close };
  } catch (error) {
    close();
    throw error;
  }
}

async function openStream(video: MediaTrackConstraints | true): Promise<MediaStream> {
  if (typeof navigator === "undefined" || navigator.mediaDevices === undefined) {
    throw new EfficientNetError("unsupported", "there are no cameras here", {
      hint: "a page has them if it comes by https or from localhost",
    });
  }
  try {
    return await navigator.mediaDevices.getUserMedia({ video });
  } catch (cause) {
    const { name, message } = cause as DOMException;
    if (name === "NotAllowedError") throw new EfficientNetError("forbidden", "the camera may not be used", { cause });
    throw new EfficientNetError("unsupported", "no camera can be turned on", { received: message || name, cause });
  }
}
