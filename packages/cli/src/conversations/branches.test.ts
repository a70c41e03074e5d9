import type { FlowTree, FlowTreeNode } from "flowith-webapi";
import { describe, expect, it } from "vitest";
import { branchesOf } from "./branches.ts";
import { treeLines } from "./tree-lines.ts";

const node = (id: string, second: number, children: FlowTreeNode[] = []): FlowTreeNode => ({
  id,
  convId: "c",
  type: "1",
  parentId: null,
  text: id,
  model: undefined,
  status: undefined,
  position: undefined,
  createdAt: new Date(second * 1_000).toISOString(),
  data: {},
  raw: {},
  children,
});

function treeOf(...roots: FlowTreeNode[]): FlowTree {
  const parents = new Map<string, FlowTreeNode>();
  const all = new Map(roots.map((root) => [root.id, root]));
  for (const parent of all.values()) {
    for (const child of parent.children) {
      parents.set(child.id, parent);
      all.set(child.id, child);
    }
  }
  const path = (id: string): FlowTreeNode[] => {
    const nodes: FlowTreeNode[] = [];
    for (let at = all.get(id); at !== undefined; at = parents.get(at.id)) nodes.push(at);
    return nodes.reverse();
  };
  return { roots, path };
}

describe("branches of a conversation", () => {
  it("have the latest path in front, and each node once", () => {
    const tree = treeOf(
      node("a", 1, [node("b", 2, [node("c", 9)]), node("d", 3, [node("e", 4), node("f", 5)])]),
      node("orphan", 6),
    );
    const found = branchesOf(tree).map(({ from, nodes }) => [from?.id, nodes.map(({ id }) => id).join("")]);
    expect(found).toEqual([
      [undefined, "abc"],
      ["a", "df"],
      ["d", "e"],
      [undefined, "orphan"],
    ]);
  });

  it("may be deeper than the stack", () => {
    let root = node("last", 50_000);
    for (let depth = 50_000; depth > 0; depth--) root = node(String(depth), depth, [root]);
    const tree = treeOf(root);
    expect(branchesOf(tree)[0]?.nodes).toHaveLength(50_001);
    expect([...treeLines(tree)].at(-1)).toMatchObject({ graph: "", node: { id: "last" } });
  });

  it("are none of an empty conversation", () => {
    expect(branchesOf(treeOf())).toEqual([{ from: undefined, nodes: [] }]);
  });
});
