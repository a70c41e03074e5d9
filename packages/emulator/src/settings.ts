import * as v from "valibot";
import { checked } from "./option-error.ts";

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

/** The longest wait of a timer; one that is longer would end at once. */
export const maxWaitMs = 2_147_483_647;

/** A wait, in ms. */
export const waitSchema: v.GenericSchema<unknown, number> = v.pipe(v.number(), v.minValue(0), v.maxValue(maxWaitMs));

type SomeSettings = { [Name in keyof Settings]?: Settings[Name] | undefined };

/** What each of them must be. */
export const settingEntries: {
  [Name in keyof Settings]: v.OptionalSchema<v.GenericSchema<unknown, Settings[Name]>, undefined>;
} = {
  firstEventMs: v.optional(waitSchema),
  fragmentMs: v.optional(waitSchema),
  imageMs: v.optional(waitSchema),
  videoMs: v.optional(waitSchema),
  heartbeatMs: v.optional(waitSchema),
  replay: v.optional(v.boolean()),
  keepInit: v.optional(v.boolean()),
};

export const someSettings: v.GenericSchema<unknown, SomeSettings> = v.strictObject(settingEntries);

/** The settings among some options, with defaults for what is not given. */
export function settingsOf(options: Partial<Settings>): Settings {
  const {
    firstEventMs = defaultSettings.firstEventMs,
    fragmentMs = defaultSettings.fragmentMs,
    imageMs = defaultSettings.imageMs,
    videoMs = defaultSettings.videoMs,
    heartbeatMs = defaultSettings.heartbeatMs,
    replay = defaultSettings.replay,
    keepInit = defaultSettings.keepInit,
  } = options;
  return { firstEventMs, fragmentMs, imageMs, videoMs, heartbeatMs, replay, keepInit };
}

/**
 * Settings that refuse what they cannot be, and names that are none of theirs.
 * @throws EmulatorOptionError from an assignment
 */
export function checkedSettings(start: Settings): Settings {
  const values: Settings = { ...start };
  return new Proxy(values, {
    set(target, name, value) {
      checked("settings", someSettings, { [name]: value });
      return Reflect.set(target, name, value);
    },
  });
}
