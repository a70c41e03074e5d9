import { describe, expect, it } from "vitest";
import { conversationTree, type FlowTreeNode } from "./conversation-tree.ts";
import type { FlowNode } from "./flow-node.ts";

function node(id: string, parentId: string | null): FlowNode {
  const unknown = { model: undefined, status: undefined, position: undefined, createdAt: undefined };
  return { id, parentId, convId: "conv", type: "1", text: id, ...unknown, data: {}, raw: {} };
}

/** `a(b c(d))`, without recursion, as deep as the tree may be. */
function ids(roots: readonly FlowTreeNode[]): string[] {
  const seen: string[] = [];
  for (const open = [...roots].reverse(); open.length > 0; ) {
    const next = open.pop();
    if (next === undefined) break;
    seen.push(next.id);
    open.push(...[...next.children].reverse());
  }
  return seen;
}

describe("a conversation as a tree", () => {
  it("hangs nodes under their parents, in their order, whichever comes first", () => {
    const tree = conversationTree([node("b", "a"), node("a", "conv"), node("c", "a"), node("d", "b")]);
    expect(tree.roots.map(({ id }) => id)).toEqual(["a"]);
    expect(tree.roots[0]?.children.map(({ id }) => id)).toEqual(["b", "c"]);
    expect(tree.path("d").map(({ id }) => id)).toEqual(["a", "b", "d"]);
    expect(tree.path("nobody")).toEqual([]);
  });

  it("takes orphans and nodes without a parent for roots", () => {
    const tree = conversationTree([node("a", "gone"), node("b", null), node("c", "a")]);
    expect(tree.roots.map(({ id }) => id)).toEqual(["a", "b"]);
    expect(tree.path("c").map(({ id }) => id)).toEqual(["a", "c"]);
  });

  it("opens a circle at its oldest node, and has each node once", () => {
    const tree = conversationTree([
      node("a", "c"),
      node("b", "a"),
      node("c", "b"),
      node("d", "c"),
      node("self", "self"),
    ]);
    expect(tree.roots.map(({ id }) => id)).toEqual(["a", "self"]);
    expect(ids(tree.roots)).toEqual(["a", "b", "c", "d", "self"]);
    expect(tree.path("d").map(({ id }) => id)).toEqual(["a", "b", "c", "d"]);
  });

  it("has a node that two pages of rows brought once", () => {
    expect(ids(conversationTree([node("a", "conv"), node("b", "a"), node("b", "a")]).roots)).toEqual(["a", "b"]);
  });

  it("is deeper than the stack, and wide, without trouble", () => {
    const deep = Array.from({ length: 20_000 }, (_, index) =>
      node(`n${index}`, index === 0 ? "conv" : `n${index - 1}`),
    );
    expect(conversationTree(deep).path("n19999")).toHaveLength(20_000);
    const wide = Array.from({ length: 20_000 }, (_, index) => node(`n${index}`, index === 0 ? "conv" : "n0"));
    expect(conversationTree(wide).roots[0]?.children).toHaveLength(19_999);
  });
});
