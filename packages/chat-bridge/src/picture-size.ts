import type { ModelInfo } from "flowith-webapi";

/** What of a picture's measures a model can be asked for. */
export interface PictureSize {
  aspectRatio: string | undefined;
  imageSize: string | undefined;
  /** Whether it is what was asked for. */
  isExact: boolean;
}

/**
 * `size` is pixels to other clients, and a ratio with a step of size here: the nearest that the model has. Some models have pixels among their ratios. Where the catalogue does not know the model, a ratio goes as it
 * is.
 */
export function pictureSize(
  { size, aspectRatio }: { size?: string | undefined; aspectRatio?: string | undefined },
  model: Pick<ModelInfo, "supportedAspectRatios" | "supportedImageSizes"> | undefined,
): PictureSize {
  if (size === undefined) return { aspectRatio, imageSize: undefined, isExact: true };
  const ratios = model?.supportedAspectRatios ?? COMMON_RATIOS;
  if (aspectRatio === undefined && ratios.includes(size))
    return { aspectRatio: size, imageSize: undefined, isExact: true };
  const wanted = ratioOf(size);
  const longer = Math.max(...size.split("x").map(Number));
  const ratio = aspectRatio ?? nearest(ratios, (name) => apart(ratioOf(name), wanted));
  const imageSize = nearest(model?.supportedImageSizes ?? [], (name) => apart(sideOf(name), longer));
  const isRatioExact = ratio !== undefined && apart(ratioOf(ratio), wanted) < 0.02;
  const isExact = isRatioExact && imageSize !== undefined && sideOf(imageSize) === longer;
  return { aspectRatio: ratio, imageSize, isExact };
}

/** `1280x720` is `720p` here: the shorter side. */
export function videoResolution(size: string): string {
  return `${Math.min(...size.split("x").map(Number))}p`;
}

const COMMON_RATIOS = ["1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "21:9"];

/** Of `16:9`, and of pixels such as `1536x1024`. */
function ratioOf(name: string): number {
  const [width = 1, height = 1] = name.split(/[:x]/).map(Number);
  return width / height;
}

/** Pixels of the longer side that a step such as `512` or `2k` stands for. */
function sideOf(name: string): number {
  return Number.parseFloat(name) * (/k$/i.test(name) ? 1024 : 1);
}

/** How far two sizes are apart, as a factor. A name that is no size is farthest. */
function apart(one: number, other: number): number {
  const distance = Math.abs(Math.log(one / other));
  return Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance;
}

function nearest(names: readonly string[], distance: (name: string) => number): string | undefined {
  return [...names].sort((one, other) => distance(one) - distance(other))[0];
}
