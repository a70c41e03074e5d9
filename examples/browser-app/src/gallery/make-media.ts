import type { Flowith, JobHandle, Progress } from "flowith-webapi";
import type { Media, MediaWish } from "./media.ts";

const LABEL_LENGTH = 200;

export interface MakeOptions {
  signal: AbortSignal;
  onProgress(progress: Progress): void;
  onSubmit(handle: JobHandle): void;
}

/** Makes what is wished for; several pictures may come of one wish. */
export async function makeMedia(flowith: Flowith, wish: MediaWish, options: MakeOptions): Promise<Media[]> {
  const { kind, prompt, model, aspectRatio, pictures, durationSeconds, audio } = wish;
  // By the label a page that is loaded again knows what it was.
  const common = { ...options, model, aspectRatio, label: prompt.slice(0, LABEL_LENGTH) };
  const made = { kind, prompt, aspectRatio };
  if (kind === "image") {
    const { images } = await flowith.generateImage(prompt, { ...common, images: [...pictures] });
    return images.map(({ url }) => ({ ...made, url }));
  }
  const [image, lastImage] = pictures;
  const { videoUrl } = await flowith.generateVideo(prompt, { ...common, image, lastImage, durationSeconds, audio });
  return [{ ...made, url: videoUrl }];
}
