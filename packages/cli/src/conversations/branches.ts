import type { FlowTree, FlowTreeNode } from "flowith-webapi";

/** A way through a conversation, from its root down. */
export interface Branch {
  /** Where it leaves what has been shown before; undefined at a root. */
  from: FlowTreeNode | undefined;
  nodes: FlowTreeNode[];
}

/** Down from a node by what was said last, to an end. The node itself is not in it. */
function below(node: FlowTreeNode): FlowTreeNode[] {
  const nodes: FlowTreeNode[] = [];
  for (let next = node.children.at(-1); next !== undefined; next = next.children.at(-1)) nodes.push(next);
  return nodes;
}

/** The turns that lead to a node, and on to the end by what was said last. */
export function pathThrough(tree: FlowTree, node: FlowTreeNode): FlowTreeNode[] {
  return [...tree.path(node.id), ...below(node)];
}

/** All nodes of a tree, a branch after the other. No recursion: a conversation can be deeper than the stack. */
export function* nodesOf(tree: FlowTree): Generator<FlowTreeNode, undefined> {
  const open = [...tree.roots].reverse();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    yield node;
    open.push(...[...node.children].reverse());
  }
  return undefined;
}

/** The way to what was said last; empty where nothing was said. */
export function latestPath(tree: FlowTree): FlowTreeNode[] {
  let latest: FlowTreeNode | undefined;
  for (const node of nodesOf(tree)) {
    const isTurn = node.type === "1" || node.type === "2";
    if (isTurn && (latest === undefined || isAfter(node, latest))) latest = node;
  }
  const start = latest ?? tree.roots.at(-1);
  return start === undefined ? [] : pathThrough(tree, start);
}

/** A prompt and its answer are often of the same time; the way down from either has both. */
function isAfter(node: FlowTreeNode, other: FlowTreeNode): boolean {
  return Date.parse(node.createdAt ?? "") > Date.parse(other.createdAt ?? "") || other.createdAt === undefined;
}

/** The latest path first, then what else there is, each node once. */
export function branchesOf(tree: FlowTree): Branch[] {
  const branches: Branch[] = [{ from: undefined, nodes: latestPath(tree) }];
  const seen = new Set(branches[0]?.nodes.map(({ id }) => id));
  for (const node of nodesOf(tree)) {
    if (seen.has(node.id)) continue;
    const nodes = [node, ...below(node)];
    for (const { id } of nodes) seen.add(id);
    branches.push({ from: tree.path(node.id).at(-2), nodes });
  }
  return branches;
}
