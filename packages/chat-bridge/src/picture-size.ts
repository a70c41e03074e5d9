import type { ModelInfo } from "flowith-webapi";
import { apart, COMMON_RATIOS, isExactly, ratioOf } from "./ratios.ts";

/** What of a picture's measures a model can be asked for. */
export interface PictureSize {
  aspectRatio: string | undefined;
  imageSize: string | undefined;
  /** Whether it is what was asked for. */
  isExact: boolean;
}

/**
 * `size` is pixels to other clients, and a ratio with a step of size here: the nearest that the model has. Some models have
 * pixels among their ratios. Where the catalogue does not know the model, a ratio goes as it is.
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
  const isRatioExact = ratio !== undefined && isExactly(ratio, wanted);
  const isExact = isRatioExact && imageSize !== undefined && sideOf(imageSize) === longer;
  return { aspectRatio: ratio, imageSize, isExact };
}

/** Pixels of the longer side that a step such as `512` or `2k` stands for. */
function sideOf(name: string): number {
  return Number.parseFloat(name) * (/k$/i.test(name) ? 1024 : 1);
}

function nearest(names: readonly string[], distance: (name: string) => number): string | undefined {
  return [...names].sort((one, other) => distance(one) - distance(other))[0];
}
