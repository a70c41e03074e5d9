import { pictureSize } from "@flowith-webapi/chat-bridge";
import type { DeveloperClient } from "flowith-webapi/developer";
import { GatewayError } from "../errors.ts";
import { type GivenPicture, type PictureRequest, type Pictures, severalPictures } from "./pictures.ts";

/** Asks the developer API for pictures, which knows ratios and no sizes. */
export async function developerPictures(
  developer: DeveloperClient,
  { prompt, model, count, size, given }: PictureRequest,
  signal: AbortSignal,
): Promise<Pictures> {
  const { aspectRatio } = pictureSize({ size }, undefined);
  const imageUrls = given.map((picture) => addressOf(picture, "image"));
  const pictures = await severalPictures(count, async () => {
    const options = { model, aspectRatio, ...(imageUrls.length === 0 ? {} : { imageUrls }), signal };
    const { image } = await developer.generateImage(prompt, options);
    return [image];
  });
  return { ...pictures, ...(aspectRatio === undefined ? {} : { taken: aspectRatio }) };
}

/** @throws GatewayError 400 for bytes, which the developer API has no place for */
export function addressOf(picture: GivenPicture, param: string): string {
  if (typeof picture === "string") return picture;
  const message =
    "By an API key, pictures are taken by their addresses alone. By the web app's token files can be sent.";
  throw new GatewayError({ status: 400, code: "unsupported_sign_in", message, param });
}
