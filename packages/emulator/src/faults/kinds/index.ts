import type { FaultKind } from "../fault-kind.ts";
import { type CutFault, cutFault } from "./cut.ts";
import { type DelayFault, delayFault } from "./delay.ts";
import { type SilenceFault, silenceFault } from "./silence.ts";
import { type StatusFault, statusFault } from "./status.ts";

/** Everything that can be armed. */
export type Fault = CutFault | DelayFault | SilenceFault | StatusFault;

export const faultKinds: readonly FaultKind[] = [cutFault, delayFault, silenceFault, statusFault];
