/** How fast the emulated service is and what it is willing to do. All durations are in ms. */
export interface Settings {
  /** From a text job's post to its first event. Default 300, the least that the live service was seen to need. */
  firstEventMs: number;
  /** Between two events of an answer. Default 20. */
  fragmentMs: number;
  /** How long a picture takes. Default 600. */
  imageMs: number;
  /** How long a video takes. Default 1200. */
  videoMs: number;
  /** Default 5000. */
  heartbeatMs: number;
  /** Whether events without a listener are kept for the next one. Default true. */
  replay: boolean;
  /**
   * Whether the row of a job tells nothing before the job's end: an answer's keeps `init`, a video's is not there. What the
   * live service does is not known. Default false: a row is `loading` from the first event on, a video's is there from the post on.
   */
  keepInit: boolean;
}

const defaultSettings: Readonly<Settings> = {
  firstEventMs: 300,
  fragmentMs: 20,
  imageMs: 600,
  videoMs: 1200,
  heartbeatMs: 5000,
  replay: true,
  keepInit: false,
};

/** The settings among some options, with defaults for what is not given. */
export function settingsOf(options: Partial<Settings>): Settings {
  const all = { ...defaultSettings, ...options };
  const { firstEventMs, fragmentMs, imageMs, videoMs, heartbeatMs, replay, keepInit } = all;
  return { firstEventMs, fragmentMs, imageMs, videoMs, heartbeatMs, replay, keepInit };
}
