import type { GeneratedMedia } from "flowith-webapi";

/** A picture by its address, or its bytes. */
export type GivenPicture = string | Blob;

/** Pictures as any surface asks for them. */
export interface PictureRequest {
  prompt: string;
  model?: string | undefined;
  /** How many. */
  count: number;
  /** Pixels such as `1024x1024`; the nearest that the model has is taken. */
  size?: string | undefined;
  /** What the picture is made of. */
  given: readonly GivenPicture[];
}

/** Pictures that were made. */
export interface Pictures {
  media: GeneratedMedia[];
  /** How many were asked for and did not come, each a job that failed. */
  missing: number;
  /** What was taken for the size, such as `16:9, 1k`. */
  taken?: string | undefined;
}

/** Each picture is a job of its own. What came is given, since it is paid. @throws what the first job did, where none came */
export async function severalPictures(
  count: number,
  make: () => Promise<readonly GeneratedMedia[]>,
): Promise<Pick<Pictures, "media" | "missing">> {
  const results = await Promise.allSettled(Array.from({ length: count }, make));
  const media = results.flatMap((result) => (result.status === "fulfilled" ? result.value : []));
  const failed = results.filter((result) => result.status === "rejected");
  const [first] = failed;
  if (media.length === 0 && first !== undefined) throw first.reason;
  return { media: media.slice(0, count), missing: Math.max(0, count - media.length) };
}
