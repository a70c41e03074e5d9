/** A model for clips; the live catalogue is the truth. */
export type VideoModel = (typeof VideoModel)[keyof typeof VideoModel] | (string & {});

/** Video models that were seen, by name. */
export const VideoModel: {
  readonly Default: "seedance-2.0-fast";
  readonly Seedance2Fast: "seedance-2.0-fast";
  readonly Kling: "kling-video/v2.6/pro/text-to-video";
  readonly KlingImg: "kling-video/v2.6/pro/image-to-video";
} = {
  Default: "seedance-2.0-fast",
  Seedance2Fast: "seedance-2.0-fast",
  Kling: "kling-video/v2.6/pro/text-to-video",
  KlingImg: "kling-video/v2.6/pro/image-to-video",
};
