export interface Position {
  x: number;
  y: number;
}

/** Where the web app draws the first prompt of a conversation. */
export const FIRST_PROMPT: Position = { x: 0, y: 130 };

const ROW_HEIGHT = 210;
const COLUMN_WIDTH = 420;

/**
 * A child stands 210 below its parent, and its siblings 420 apart (wire 8).
 * @param siblings how many children the parent has already
 */
export function childPosition(parent: Position, siblings = 0): Position {
  return { x: parent.x + siblings * COLUMN_WIDTH, y: parent.y + ROW_HEIGHT };
}
