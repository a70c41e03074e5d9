import { hierarchy, tree } from "d3-hierarchy";
import type { Turn } from "../chat/turn.ts";
import type { TurnTree } from "../chat/turn-tree.ts";

export const CARD_WIDTH = 320;
export const CARD_HEIGHT = 260;
const GAP = 48;

export interface Place {
  x: number;
  y: number;
}

/** Where each turn stands: branches side by side, and none on another. */
export function layOut(turns: TurnTree): Map<string, Place> {
  // Above all beginnings, and not drawn.
  const root: { turn?: Turn } = {};
  const all = hierarchy(root, ({ turn }) => turns.get(turn?.key)?.map((child) => ({ turn: child })));
  const places = new Map<string, Place>();
  for (const { data, x, y } of tree<{ turn?: Turn }>().nodeSize([CARD_WIDTH + GAP, CARD_HEIGHT + GAP])(all)) {
    if (data.turn !== undefined) places.set(data.turn.key, { x, y });
  }
  return places;
}
