import { bridgeScenarios } from "./bridge.ts";
import { brokenOffScenarios } from "./broken-off.ts";
import { fileScenarios } from "./files.ts";
import { historyScenarios } from "./histories.ts";
import { mediaScenarios } from "./media.ts";
import { refusalScenarios } from "./refusals.ts";
import type { Scenario } from "./scenario.ts";
import { textScenarios } from "./text.ts";
import { toolScenarios } from "./tools.ts";

export const scenarios: readonly Scenario[] = [
  ...textScenarios,
  ...historyScenarios,
  ...brokenOffScenarios,
  ...fileScenarios,
  ...toolScenarios,
  ...bridgeScenarios,
  ...mediaScenarios,
  ...refusalScenarios,
];
