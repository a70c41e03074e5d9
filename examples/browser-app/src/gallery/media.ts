/** A picture or clip that is there. */
export interface Media {
  kind: "image" | "video";
  url: string;
  prompt: string;
  /** Such as `16:9` or `1024x1536`. */
  aspectRatio: string | undefined;
}

/** One that is being made. */
export interface MediaJob {
  key: string;
  wish: MediaWish;
  phase: "uploading" | "submitted" | "waiting" | "downloading";
  /** When it was begun here, by `Date.now()`. */
  startedAtMs: number;
  problem?: unknown;
}

/** What is to be made. */
export interface MediaWish {
  kind: "image" | "video";
  prompt: string;
  model: string | undefined;
  aspectRatio: string | undefined;
  /** URLs of pictures to start from; of a clip, its first and its last one. */
  pictures: readonly string[];
  /** Of a clip. */
  durationSeconds: number | undefined;
  audio: boolean | undefined;
}

/** In the words of CSS, so that there is room before the picture has come. */
export function cssRatio(aspectRatio: string | undefined): string | undefined {
  const [, width, height] = /^(\d+)[:x](\d+)$/.exec(aspectRatio ?? "") ?? [];
  return width === undefined ? undefined : `${width} / ${height}`;
}
