import type { ImageModelV4CallOptions, SharedV4Warning } from "@ai-sdk/provider";
import { type PictureSize, pictureSize } from "@flowith-webapi/chat-bridge";
import type { ModelInfo } from "flowith-webapi";
import { unsupported } from "../warnings.ts";

/** The measures that a model is asked for, with a warning where they are not those that were wanted. */
export function measures(
  { size, aspectRatio }: Pick<ImageModelV4CallOptions, "size" | "aspectRatio">,
  model: ModelInfo | undefined,
): Omit<PictureSize, "isExact"> & { warnings: SharedV4Warning[] } {
  const { isExact, ...taken } = pictureSize({ size, aspectRatio }, model);
  const names = [taken.aspectRatio, taken.imageSize].filter((name) => name !== undefined).join(", ");
  return { ...taken, warnings: isExact ? [] : unsupported({ size }, `The nearest that the model has: ${names}.`) };
}
