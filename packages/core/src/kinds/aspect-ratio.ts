/** The ratios that were seen; models differ, and some take pixels such as `1024x1024`. */
export type AspectRatio =
  | "1:1"
  | "16:9"
  | "9:16"
  | "4:3"
  | "3:4"
  | "3:2"
  | "2:3"
  | "4:5"
  | "5:4"
  | "21:9"
  | (string & {});

/** Aspect ratios by name. */
export const AspectRatio: {
  readonly Square: "1:1";
  readonly Landscape: "16:9";
  readonly Portrait: "9:16";
  readonly Classic: "4:3";
} = { Square: "1:1", Landscape: "16:9", Portrait: "9:16", Classic: "4:3" };
