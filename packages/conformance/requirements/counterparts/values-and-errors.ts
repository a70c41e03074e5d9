import { type Counterparts, values } from "../counterpart.ts";

const SAME = "counterparts.test.ts › has the value of";
const RESPONSES = "response-error.test.ts › ";

/** Enums, which are const objects here, and exceptions. */
export const valueAndErrorCounterparts: Counterparts = {
  ...values("ImageModel", "ImageModel", SAME, {
    GEMINI_3_1_FLASH_IMAGE: "Gemini31FlashImage",
    GEMINI_3_PRO_IMAGE: "Gemini3ProImage",
    GEMINI_2_5_FLASH_IMAGE: "Gemini25FlashImage",
    GPT_IMAGE_2: "GptImage2",
    GPT_IMAGE_1_5: "GptImage15",
    GPT_IMAGE_1: "GptImage1",
    DEFAULT: "Default",
  }),
  ...values("VideoModel", "VideoModel", SAME, {
    SEEDANCE_2_FAST: "Seedance2Fast",
    KLING: "Kling",
    KLING_IMG: "KlingImg",
    DEFAULT: "Default",
  }),
  ...values("ChatMode", "ChatMode", SAME, { GENERAL: "General", IMAGE: "Image", VIDEO: "Video" }),
  ...values("AspectRatio", "AspectRatio", SAME, {
    SQUARE: "Square",
    LANDSCAPE: "Landscape",
    PORTRAIT: "Portrait",
    CLASSIC: "Classic",
  }),
  FlowithError: { here: "FlowithError", proof: `${RESPONSES}tells its kind across copies of the package` },
  APIError: { here: "APIError", proof: "faults: a refused post is the error that it means, with the handle" },
  "APIError.status_code": {
    here: "APIError.status",
    proof: "faults: a refused post is the error that it means, with the handle",
    note: "Every refusal has it, those of the subclasses too.",
  },
  AuthenticationError: {
    here: "AuthenticationError",
    proof: "bad input: no token, or one that is none, is an AuthenticationError at the first call",
    note: "An `APIError` besides.",
  },
  RateLimitError: {
    here: "RateLimitError",
    proof: `${RESPONSES}reads Retry-After as seconds and as a date`,
    note: "An `APIError` besides; thrown after the retries, not at the first 429.",
  },
  "RateLimitError.retry_after_s": {
    here: "RateLimitError.retryAfterMs",
    proof: `${RESPONSES}reads Retry-After as seconds and as a date`,
    note: "In ms, from seconds and from dates.",
  },
  ValidationError: {
    here: "ValidationError",
    proof: `${RESPONSES}names the field that a validation is about, a proxy's page, and no token`,
    note: "An `APIError` besides.",
  },
  "ValidationError.details": {
    here: "ValidationError.details",
    proof: `${RESPONSES}names the field that a validation is about, a proxy's page, and no token`,
    note: "The service's own list, not a list that holds the whole body.",
  },
  TimeoutError: {
    here: "TimeoutError",
    proof: "faults: a silent job ends at its limit, with what had come",
    note: "Says which limit passed (`phase`), and has the text so far and the handle.",
  },
  FileUploadError: {
    here: "FileUploadError",
    proof: "upload: a refusal is a FileUploadError",
    note: "An `APIError` besides.",
  },
};
