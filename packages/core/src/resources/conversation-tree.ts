import type { FlowNode } from "./flow-node.ts";

/** A node with what hangs under it, oldest first. Two children are two branches. */
export interface FlowTreeNode extends FlowNode {
  children: FlowTreeNode[];
}

/** A conversation as a tree. */
export interface FlowTree {
  /** What hangs under the conversation itself, and orphans: nodes whose parent is not there. */
  roots: FlowTreeNode[];
  /** The nodes from a root down to this one, it included; empty for one that is not there. */
  path(nodeId: string): FlowTreeNode[];
}

/**
 * Hangs nodes under their parents by `p_id`. Each stands in the tree once, whatever the rows say: of a circle, the oldest
 * node becomes a root. No recursion, since a conversation can be deeper than the stack.
 */
export function conversationTree(nodes: readonly FlowNode[]): FlowTree {
  const byId = new Map<string, FlowTreeNode>();
  for (const node of nodes) if (!byId.has(node.id)) byId.set(node.id, { ...node, children: [] });
  const childrenOf = new Map<string, FlowTreeNode[]>();
  const roots: FlowTreeNode[] = [];
  for (const node of byId.values()) {
    if (node.parentId === null || !byId.has(node.parentId)) roots.push(node);
    else childrenOf.get(node.parentId)?.push(node) ?? childrenOf.set(node.parentId, [node]);
  }
  const parents = new Map<string, FlowTreeNode | undefined>();
  const hang = (root: FlowTreeNode): void => {
    parents.set(root.id, undefined);
    for (const open = [root]; ; ) {
      const parent = open.pop();
      if (parent === undefined) return;
      for (const child of childrenOf.get(parent.id) ?? []) {
        if (parents.has(child.id)) continue;
        parents.set(child.id, parent);
        parent.children.push(child);
        open.push(child);
      }
    }
  };
  for (const root of roots) hang(root);
  for (const node of byId.values()) {
    if (parents.has(node.id)) continue;
    roots.push(node);
    hang(node);
  }
  return {
    roots,
    path(nodeId) {
      const path: FlowTreeNode[] = [];
      for (let node = byId.get(nodeId); node !== undefined; node = parents.get(node.id)) path.push(node);
      return path.reverse();
    },
  };
}
