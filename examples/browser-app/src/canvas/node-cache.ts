import type { Turn } from "../chat/turn.ts";
import { CARD_HEIGHT, CARD_WIDTH, type Place } from "./lay-out.ts";
import type { TurnCardData, TurnNode } from "./turn-card.tsx";

export type CardCalls = Pick<TurnCardData, "onGoOn" | "onRead" | "onReached">;

/** Gives out the same node for the same turn: while three answers are written, only their cards are drawn anew. */
export class NodeCache {
  readonly #nodes = new Map<string, TurnNode>();

  node(turn: Turn, isActive: boolean, place: Place, calls: CardCalls): TurnNode {
    const known = this.#nodes.get(turn.key);
    const isSame = known?.data.turn === turn && known.data.isActive === isActive && known.data.onRead === calls.onRead;
    if (known !== undefined && isSame && known.position.x === place.x && known.position.y === place.y) return known;
    const size = { width: CARD_WIDTH, height: CARD_HEIGHT };
    const node: TurnNode = { id: turn.key, type: "turn", position: place, ...size, data: { turn, isActive, ...calls } };
    this.#nodes.set(turn.key, node);
    return node;
  }
}
