import type { ConformanceCase } from "../conformance-case.ts";
import { weatherCutCases } from "./weather-cuts.ts";
import { weatherEventCases } from "./weather-events.ts";
import { weatherMediaCases } from "./weather-media.ts";
import { weatherOutageCases } from "./weather-outage.ts";
import { weatherRowCases } from "./weather-rows.ts";
import { weatherSilenceCases } from "./weather-silence.ts";
import { weatherTextCases } from "./weather-text.ts";

/** What a network does to streams: the text is exact, or there is the one right error, and nothing is left running. */
export const weatherCases: readonly ConformanceCase[] = [
  ...weatherCutCases,
  ...weatherEventCases,
  ...weatherMediaCases,
  ...weatherOutageCases,
  ...weatherRowCases,
  ...weatherSilenceCases,
  ...weatherTextCases,
];
