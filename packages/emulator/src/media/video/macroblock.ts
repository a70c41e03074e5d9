import type { Canvas } from "../canvas.ts";

/** Samples of a macroblock: 16 x 16 luma, then 8 x 8 of each chroma. */
export const macroblockBytes = 384;

type YCbCr = readonly [luma: number, blue: number, red: number];

/** BT.601, limited range: what a decoder assumes of a stream that says nothing. */
function toYCbCr(red: number, green: number, blue: number): YCbCr {
  return [
    Math.round(16 + (65.481 * red + 128.553 * green + 24.966 * blue) / 255),
    Math.round(128 + (-37.797 * red - 74.203 * green + 112 * blue) / 255),
    Math.round(128 + (112 * red - 93.786 * green - 18.214 * blue) / 255),
  ];
}

/** All macroblocks of a picture in coding order; width and height are multiples of 16. */
export function macroblocksOf(canvas: Canvas): Uint8Array[] {
  const colors = canvas.palette.map(([red, green, blue]) => toYCbCr(red, green, blue));
  const colorAt = (x: number, y: number): YCbCr => colors[canvas.pixels[y * canvas.width + x] ?? 0] ?? [16, 128, 128];
  const blocks: Uint8Array[] = [];
  for (let top = 0; top < canvas.height; top += 16) {
    for (let left = 0; left < canvas.width; left += 16) {
      const block = new Uint8Array(macroblockBytes);
      for (let index = 0; index < 256; index += 1) {
        block[index] = colorAt(left + (index & 15), top + (index >> 4))[0];
      }
      for (let index = 0; index < 64; index += 1) {
        const [, blue, red] = colorAt(left + 2 * (index & 7), top + 2 * (index >> 3));
        block[256 + index] = blue;
        block[320 + index] = red;
      }
      blocks.push(block);
    }
  }
  return blocks;
}
