import { type ImageModelV4CallOptions, InvalidArgumentError, type SharedV4Warning } from "@ai-sdk/provider";
import { type PictureSize, pictureSize } from "@flowith-webapi/chat-bridge";
import type { ModelInfo } from "flowith-webapi";
import { unsupported } from "../warnings.ts";

/** The measures that a model is asked for, with a warning where they are not those that were wanted. */
export function measures(
  { size: given, aspectRatio }: Pick<ImageModelV4CallOptions, "size" | "aspectRatio">,
  model: ModelInfo | undefined,
): Omit<PictureSize, "isExact"> & { warnings: SharedV4Warning[] } {
  const size = sizeOf(given);
  const { isExact, ...taken } = pictureSize({ size, aspectRatio }, model);
  const names = [taken.aspectRatio, taken.imageSize].filter((name) => name !== undefined).join(", ");
  return { ...taken, warnings: isExact ? [] : unsupported({ size }, `The nearest that the model has: ${names}.`) };
}

/**
 * A size in pixels, such as `1024x1024`.
 * @throws InvalidArgumentError for what is none, such as `auto`: a picture of any size would be paid
 */
export function sizeOf(size: unknown): string | undefined {
  if (size === undefined) return;
  const [, width, height] = /^0*([1-9]\d*)x0*([1-9]\d*)$/i.exec(String(size)) ?? [];
  if (width !== undefined && height !== undefined) return `${width}x${height}`;
  const message = `size: ${JSON.stringify(size)} is no size of a picture. Pass one such as "1024x1024", or leave it out for the model's own.`;
  throw new InvalidArgumentError({ argument: "size", message });
}
