import { catalogued, pictureSize, type StoreFile } from "@flowith-webapi/chat-bridge";
import { type FlowithClient, ImageModel, type ImageSource } from "flowith-webapi";
import { type GivenPicture, type PictureRequest, type Pictures, severalPictures } from "./pictures.ts";

/** Asks the web app for pictures. Bytes that they are made of are stored first, once. */
export async function webPictures(
  client: FlowithClient,
  store: StoreFile,
  { prompt, model = ImageModel.Default, count, size, given }: PictureRequest,
  signal: AbortSignal,
): Promise<Pictures> {
  const { aspectRatio, imageSize } = pictureSize(
    { size },
    (size && (await catalogued(client, model, signal))) || undefined,
  );
  const images = await Promise.all(given.map((picture) => stored(picture, store)));
  const pictures = await severalPictures(count, async () => {
    const output = await client.generateImage(prompt, { model, aspectRatio, imageSize, images, signal });
    return output.images;
  });
  const taken = [aspectRatio, imageSize].filter((name) => name !== undefined).join(", ");
  return { ...pictures, ...(taken === "" ? {} : { taken }) };
}

/** A picture as the client takes it. */
export async function stored(picture: GivenPicture, store: StoreFile): Promise<ImageSource> {
  if (typeof picture === "string") return picture;
  const bytes = new Uint8Array(await picture.arrayBuffer());
  return store(bytes, { mediaType: picture.type, filename: picture instanceof File ? picture.name : undefined });
}
