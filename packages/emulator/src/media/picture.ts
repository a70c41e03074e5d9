import { encode } from "fast-png";
import type { PictureSize } from "./picture-size.ts";
import { drawScene } from "./scene.ts";

/** A PNG that shows its prompt. */
export function drawPicture(prompt: string, { width, height }: PictureSize): Uint8Array<ArrayBuffer> {
  const canvas = drawScene(prompt, width, height);
  const palette = canvas.palette.map(([red, green, blue]) => [red, green, blue]);
  return new Uint8Array(encode({ width, height, data: canvas.pixels, depth: 8, channels: 1, palette }));
}
