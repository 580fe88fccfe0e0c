/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Part of a picture in pixels, from its top left corner. */
export interface Rectangle extends Size {
  readonly x: number;
  readonly y: number;
}

/** The part of `rectangle` inside a picture of this size. */
export function clipTo({ width, height }: Size, rectangle: Rectangle): Rectangle {
  const x = Math.max(rectangle.x, 0);
  const y = Math.max(rectangle.y, 0);
  return {
    x,
    y,
    width: Math.min(rectangle.x + rectangle.width, width) - x,
    height: Math.min(rectangle.y + rectangle.height, height) - y,
  };
}
