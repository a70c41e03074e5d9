export type Media = "text" | "image" | "video";

/** One entry of `GET /models`. */
export interface ModelEntry {
  title: string;
  media: Media;
  tier: "free" | "pro";
  description: string;
  logo: string;
  supportedAspectRatios?: string[];
  supportedImageSizes?: string[];
  supportedDurations?: number[];
  supportsAudio?: boolean;
  supportedKeyframe?: boolean;
}

const ratios = ["1:1", "3:2", "2:3", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"];
const sizes = ["512", "1k", "2k", "4k"];

function entry(title: string, media: Media, tier: ModelEntry["tier"], description: string): ModelEntry {
  return { title, media, tier, description, logo: `https://flowith.example/logo/${media}.svg` };
}

const geminiImage = { supportedAspectRatios: ratios, supportedImageSizes: sizes };
const pixelImage = {
  supportedAspectRatios: ["1:1", "3:2", "2:3", "1024x1024", "1536x1024", "1024x1536"],
  supportedImageSizes: ["512", "1k"],
};
const clip = { supportedAspectRatios: ["16:9", "9:16", "1:1", "4:3", "3:4", "21:9"], supportsAudio: true };

/** The models that were seen at the real service; what they can do is assumed. */
export const catalogue: Readonly<Record<string, ModelEntry>> = {
  "gpt-4.1-nano": entry("GPT-4.1 nano", "text", "free", "Small and fast."),
  "gpt-4.1": entry("GPT-4.1", "text", "pro", "For everyday work."),
  "gemini-3.1-pro-preview": entry("Gemini 3.1 Pro", "text", "pro", "Reasons before it answers."),
  "claude-sonnet-4.5-thinking": entry("Claude Sonnet 4.5 Thinking", "text", "pro", "Reasons before it answers."),
  "gemini-3.1-flash-image": { ...entry("Gemini 3.1 Flash Image", "image", "free", "Pictures."), ...geminiImage },
  "gemini-3.1-flash-image-preview": { ...entry("Gemini 3.1 Flash Image", "image", "free", "Preview."), ...geminiImage },
  "gemini-3-pro-image-preview": { ...entry("Gemini 3 Pro Image", "image", "pro", "Preview."), ...geminiImage },
  "gemini-2.5-flash-image": { ...entry("Gemini 2.5 Flash Image", "image", "free", "Pictures."), ...geminiImage },
  "gpt-image-2": { ...entry("GPT Image 2", "image", "pro", "Takes sizes in pixels."), ...pixelImage },
  "gpt-image-1.5": { ...entry("GPT Image 1.5", "image", "pro", "Pictures."), ...pixelImage },
  "gpt-image-1": { ...entry("GPT Image 1", "image", "free", "Pictures."), ...pixelImage },
  "seedance-2.0-fast": {
    ...entry("Seedance 2.0 Fast", "video", "free", "Short clips."),
    ...clip,
    supportedDurations: [4, 5, 8, 10],
    supportedKeyframe: true,
  },
  "kling-video/v2.6/pro/text-to-video": {
    ...entry("Kling 2.6 Pro", "video", "pro", "From text."),
    ...clip,
    supportedDurations: [5, 10],
    supportedKeyframe: false,
  },
  "kling-video/v2.6/pro/image-to-video": {
    ...entry("Kling 2.6 Pro, from a picture", "video", "pro", "From one picture or two."),
    ...clip,
    supportedDurations: [5, 10],
    supportedKeyframe: true,
  },
};

export const prices: Readonly<Record<Media, number>> = { text: 1, image: 10, video: 100 };
