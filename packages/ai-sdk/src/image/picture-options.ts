import type { ImageModelV4CallOptions, SharedV4Warning } from "@ai-sdk/provider";
import type { ModelInfo } from "flowith-webapi";
import { unsupported } from "../warnings.ts";

/** What of a picture's measures a model can be asked for. */
export interface Measures {
  aspectRatio: string | undefined;
  imageSize: string | undefined;
  warnings: SharedV4Warning[];
}

/**
 * `size` is pixels in the AI SDK, and a ratio with a step of size here: the nearest that the model has, with a warning where
 * that is not it. Some models have pixels among their ratios. Where the catalogue does not know the model, a ratio goes as it
 * is.
 */
export function measures(
  { size, aspectRatio }: Pick<ImageModelV4CallOptions, "size" | "aspectRatio">,
  model: Pick<ModelInfo, "supportedAspectRatios" | "supportedImageSizes"> | undefined,
): Measures {
  if (size === undefined) return { aspectRatio, imageSize: undefined, warnings: [] };
  const ratios = model?.supportedAspectRatios ?? COMMON_RATIOS;
  if (aspectRatio === undefined && ratios.includes(size))
    return { aspectRatio: size, imageSize: undefined, warnings: [] };
  const wanted = ratioOf(size);
  const longer = Math.max(...size.split("x").map(Number));
  const ratio = aspectRatio ?? nearest(ratios, (name) => apart(ratioOf(name), wanted));
  const imageSize = nearest(model?.supportedImageSizes ?? [], (name) => apart(sideOf(name), longer));
  const isRatioExact = ratio !== undefined && apart(ratioOf(ratio), wanted) < 0.02;
  const isExact = isRatioExact && imageSize !== undefined && sideOf(imageSize) === longer;
  const taken = [ratio, imageSize].filter((name) => name !== undefined).join(", ");
  return {
    aspectRatio: ratio,
    imageSize,
    warnings: isExact ? [] : unsupported({ size }, `The nearest that the model has: ${taken}.`),
  };
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
