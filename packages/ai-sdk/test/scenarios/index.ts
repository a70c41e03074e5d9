import { fileScenarios } from "./files.ts";
import { mediaScenarios } from "./media.ts";
import { refusalScenarios } from "./refusals.ts";
import type { Scenario } from "./scenario.ts";
import { textScenarios } from "./text.ts";
import { toolScenarios } from "./tools.ts";

export const scenarios: readonly Scenario[] = [
  ...textScenarios,
  ...fileScenarios,
  ...toolScenarios,
  ...mediaScenarios,
  ...refusalScenarios,
];
