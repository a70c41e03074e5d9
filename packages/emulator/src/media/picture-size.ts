export interface PictureSize {
  width: number;
  height: number;
}

const edges: Readonly<Record<string, number>> = { "512": 512, "1k": 1024, "2k": 2048, "4k": 4096 };

/** Longest side that is drawn, so that a wide picture at 4k does not take seconds to make. */
const maxSide = 4096;

function parseRatio(ratio: string): [number, number] | undefined {
  const match = ratio.match(/^(\d{1,4})\s*[:x]\s*(\d{1,4})$/i);
  const width = Number(match?.[1] ?? 0);
  const height = Number(match?.[2] ?? 0);
  return width > 0 && height > 0 ? [width, height] : undefined;
}

/**
 * Pixels of a picture. `image_size` gives the side of the square with the same area, so 16:9 at 512 is 683 x 384;
 * a ratio in pixels such as `1024x1024` is taken as it is.
 */
export function pictureSize(aspectRatio: string, imageSize: string): PictureSize | undefined {
  const ratio = parseRatio(aspectRatio);
  const edge = edges[imageSize.toLowerCase()];
  if (ratio === undefined || edge === undefined) return undefined;
  const [across, down] = ratio;
  if (across / down > 32 || down / across > 32) return undefined;
  const scale = across > 64 && down > 64 ? 1 : edge / Math.sqrt(across * down);
  const shrink = Math.min(1, maxSide / (Math.max(across, down) * scale));
  return { width: Math.round(across * scale * shrink), height: Math.round(down * scale * shrink) };
}
