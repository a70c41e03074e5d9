/** The completion modes of the service, by name; texts go out as `general`. */
export const ChatMode: {
  readonly General: "general";
  readonly Image: "image_generation";
  readonly Video: "video_generation";
} = { General: "general", Image: "image_generation", Video: "video_generation" };
/** A completion mode of the service. */
export type ChatMode = (typeof ChatMode)[keyof typeof ChatMode];
