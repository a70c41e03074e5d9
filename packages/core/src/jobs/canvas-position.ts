export interface Position {
  x: number;
  y: number;
}

/** Where the web app draws the first prompt of a conversation. */
export const FIRST_PROMPT: Position = { x: 0, y: 130 };

const ROW_HEIGHT = 210;
const COLUMN_WIDTH = 420;

/** A child stands 210 below its parent (wire 8). */
export function childPosition(parent: Position): Position {
  return { x: parent.x, y: parent.y + ROW_HEIGHT };
}

/** Siblings stand 420 apart, so that none lies on another. */
export function sibling(first: Position, index: number): Position {
  return { x: first.x + index * COLUMN_WIDTH, y: first.y };
}
