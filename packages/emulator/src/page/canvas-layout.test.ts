import { describe, expect, it } from "vitest";
import { cardHeight, cardWidth, layOut } from "./canvas-layout.ts";
import type { PageNode } from "./page-data.ts";

const node = (id: string, parentId: string | null, x: number, y: number): PageNode => ({
  id,
  parentId,
  type: "2",
  x,
  y,
  value: "",
  status: null,
  error: null,
  model: null,
});

describe("layOut", () => {
  it("keeps the distances between nodes and makes room for them, wherever on the canvas they are", () => {
    const { nodes, width, height } = layOut([node("a", null, -1000, 130), node("b", "a", -580, 340)]);
    const [a, b] = nodes;
    expect([Number(b?.left) - Number(a?.left), Number(b?.top) - Number(a?.top)]).toEqual([420, 210]);
    expect(Math.min(Number(a?.left), Number(a?.top))).toBeGreaterThan(0);
    expect(width).toBeGreaterThanOrEqual(Number(b?.left) + cardWidth);
    expect(height).toBeGreaterThanOrEqual(Number(b?.top) + cardHeight);
  });

  it("draws an edge from a parent that is there, and none from a conversation", () => {
    const { edges } = layOut([node("a", "the conversation", 0, 0), node("b", "a", 0, 210)]);
    expect(edges.map(({ from, to }) => [from, to])).toEqual([["a", "b"]]);
  });

  it("fans out nodes that lie on each other", () => {
    const { nodes } = layOut([node("a", null, 0, 340), node("b", null, 0, 340), node("c", null, 0, 340)]);
    expect(new Set(nodes.map(({ left, top }) => `${left} ${top}`)).size).toBe(3);
  });

  it("has no size without nodes", () => {
    expect(layOut([])).toEqual({ width: 0, height: 0, nodes: [], edges: [] });
  });
});
