import type { FaultKind } from "../fault-kind.ts";
import { type BigEventFault, bigEventFault } from "./big-event.ts";
import { type CutFault, cutFault } from "./cut.ts";
import { type DelayFault, delayFault } from "./delay.ts";
import { type DisconnectFault, disconnectFault } from "./disconnect.ts";
import { type DuplicateFault, duplicateFault } from "./duplicate.ts";
import { type EnvelopeFault, envelopeFault } from "./envelope.ts";
import { type FinalTextFault, finalTextFault } from "./final-text.ts";
import { type GapFault, gapFault } from "./gap.ts";
import { type GarbageFault, garbageFault } from "./garbage.ts";
import { type HtmlFault, htmlFault } from "./html.ts";
import { type KeepInitFault, keepInitFault } from "./keep-init.ts";
import { type LineEndsFault, lineEndsFault } from "./line-ends.ts";
import { type LoseFault, loseFault } from "./lose.ts";
import { type NodeIdFault, nodeIdFault } from "./node-id.ts";
import { type ReorderFault, reorderFault } from "./reorder.ts";
import { type ReplayFault, replayFault } from "./replay.ts";
import { type RowsFault, rowsFault } from "./rows.ts";
import { type SilenceFault, silenceFault } from "./silence.ts";
import { type SplitFault, splitFault } from "./split.ts";
import { type SseFieldsFault, sseFieldsFault } from "./sse-fields.ts";
import { type StatusFault, statusFault } from "./status.ts";
import { type UnknownEventFault, unknownEventFault } from "./unknown-event.ts";

/** Everything that can be armed. */
export type Fault =
  | BigEventFault
  | CutFault
  | DelayFault
  | DisconnectFault
  | DuplicateFault
  | EnvelopeFault
  | FinalTextFault
  | GapFault
  | GarbageFault
  | HtmlFault
  | KeepInitFault
  | LineEndsFault
  | LoseFault
  | NodeIdFault
  | ReorderFault
  | ReplayFault
  | RowsFault
  | SilenceFault
  | SplitFault
  | SseFieldsFault
  | StatusFault
  | UnknownEventFault;

export const faultKinds: readonly FaultKind[] = [
  bigEventFault,
  cutFault,
  delayFault,
  disconnectFault,
  duplicateFault,
  envelopeFault,
  finalTextFault,
  gapFault,
  garbageFault,
  htmlFault,
  keepInitFault,
  lineEndsFault,
  loseFault,
  nodeIdFault,
  reorderFault,
  replayFault,
  rowsFault,
  silenceFault,
  splitFault,
  sseFieldsFault,
  statusFault,
  unknownEventFault,
];
