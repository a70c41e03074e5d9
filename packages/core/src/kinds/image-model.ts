/** A model for pictures; the live catalogue is the truth. */
export type ImageModel = (typeof ImageModel)[keyof typeof ImageModel] | (string & {});

/** Image models that were seen, by name. */
export const ImageModel: {
  readonly Default: "gemini-3.1-flash-image";
  readonly Gemini31FlashImage: "gemini-3.1-flash-image-preview";
  readonly Gemini3ProImage: "gemini-3-pro-image-preview";
  readonly Gemini25FlashImage: "gemini-2.5-flash-image";
  readonly GptImage2: "gpt-image-2";
  readonly GptImage15: "gpt-image-1.5";
  readonly GptImage1: "gpt-image-1";
} = {
  Default: "gemini-3.1-flash-image",
  Gemini31FlashImage: "gemini-3.1-flash-image-preview",
  Gemini3ProImage: "gemini-3-pro-image-preview",
  Gemini25FlashImage: "gemini-2.5-flash-image",
  GptImage2: "gpt-image-2",
  GptImage15: "gpt-image-1.5",
  GptImage1: "gpt-image-1",
};
