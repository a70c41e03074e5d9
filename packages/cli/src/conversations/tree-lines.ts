import type { FlowTree, FlowTreeNode } from "flowith-webapi";

/** A node, and what is drawn before it. */
export interface TreeLine {
  graph: string;
  node: FlowTreeNode;
}

/** Only where a conversation branches does the tree go to the right: one that just goes on stays where it is. */
export function* treeLines({ roots }: FlowTree): Generator<TreeLine, undefined> {
  const open: (TreeLine & { below: string })[] = [];
  const push = (nodes: readonly FlowTreeNode[], below: string): void => {
    const lines = nodes.map((node, i) => {
      if (nodes.length === 1) return { node, graph: below, below };
      const isLast = i === nodes.length - 1;
      return { node, graph: `${below}${isLast ? "└─ " : "├─ "}`, below: `${below}${isLast ? "   " : "│  "}` };
    });
    open.push(...lines.reverse());
  };
  push(roots, "");
  for (let line = open.pop(); line !== undefined; line = open.pop()) {
    yield line;
    push(line.node.children, line.below);
  }
  return undefined;
}
