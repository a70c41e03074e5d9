import type { Turn } from "./turn.ts";

/** The turns of a conversation by what they hang under. */
export type TurnTree = ReadonlyMap<string | undefined, readonly Turn[]>;

export function turnTree(turns: Iterable<Turn>): TurnTree {
  const tree = new Map<string | undefined, Turn[]>();
  for (const turn of turns) {
    const siblings = tree.get(turn.parentKey);
    if (siblings === undefined) tree.set(turn.parentKey, [turn]);
    else siblings.push(turn);
  }
  return tree;
}

/** The turns from the first one down to the given one. */
export function pathTo(turns: ReadonlyMap<string, Turn>, key: string | undefined): Turn[] {
  const path: Turn[] = [];
  for (let turn = turns.get(key ?? ""); turn !== undefined; turn = turns.get(turn.parentKey ?? "")) {
    if (path.includes(turn)) break;
    path.push(turn);
  }
  return path.reverse();
}

/** The newest end below a turn, itself if nothing hangs there. */
export function newestBelow(tree: TurnTree, key: string): string {
  for (let at = key; ; ) {
    const next = tree.get(at)?.at(-1);
    if (next === undefined) return at;
    at = next.key;
  }
}
