import type { PageNode } from "./page-data.ts";

/** The room of a card, which can be less high: a child lies 210 below its parent and a sibling 420 beside it, so both leave room for the edges. */
export const cardWidth = 360;
export const cardHeight = 176;

const margin = 48;
/** Edges begin behind their card, so that they reach it however little of its room it takes. */
const hidden = 30;
const shift = 28;

export interface PlacedNode extends PageNode {
  left: number;
  top: number;
}

export interface Edge {
  from: string;
  to: string;
  path: string;
}

export interface CanvasLayout {
  width: number;
  height: number;
  nodes: PlacedNode[];
  edges: Edge[];
}

/** Nodes that lie on each other, as some clients leave them, are fanned out. */
function fanOut(nodes: readonly PageNode[]): PageNode[] {
  const seen = new Map<string, number>();
  return nodes.map((node) => {
    const place = `${node.x} ${node.y}`;
    const before = seen.get(place) ?? 0;
    seen.set(place, before + 1);
    return { ...node, x: node.x + before * shift, y: node.y + before * shift };
  });
}

function edgeBetween(from: PlacedNode, to: PlacedNode): Edge {
  const startX = from.left + cardWidth / 2;
  const startY = from.top + cardHeight;
  const endX = to.left + cardWidth / 2;
  const bend = Math.max(24, Math.abs(to.top - startY) / 2);
  const path = `M ${startX} ${from.top + hidden} V ${startY} C ${startX} ${startY + bend}, ${endX} ${to.top - bend}, ${endX} ${to.top}`;
  return { from: from.id, to: to.id, path };
}

/** Moves the nodes to where the corner is at zero, and draws a line from each to its children. */
export function layOut(nodes: readonly PageNode[]): CanvasLayout {
  const fanned = fanOut(nodes);
  const left = Math.min(...fanned.map(({ x }) => x), Number.POSITIVE_INFINITY);
  const top = Math.min(...fanned.map(({ y }) => y), Number.POSITIVE_INFINITY);
  const placed = fanned.map((node) => ({ ...node, left: node.x - left + margin, top: node.y - top + margin }));
  const byId = new Map(placed.map((node) => [node.id, node]));
  const edges = placed.flatMap((node) => {
    const parent = node.parentId === null ? undefined : byId.get(node.parentId);
    return parent === undefined ? [] : [edgeBetween(parent, node)];
  });
  return {
    width: Math.max(...placed.map((node) => node.left + cardWidth + margin), 0),
    height: Math.max(...placed.map((node) => node.top + cardHeight + margin), 0),
    nodes: placed,
    edges,
  };
}
