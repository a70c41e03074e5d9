import type { JobHandle } from "../errors/job-handle.ts";
import type { NewNode } from "../rows/ports.ts";
import { childPosition, type Position } from "./canvas-position.ts";
import type { JobDescription } from "./job-description.ts";

/** The prompt's node and, where the service does not make it, the answer's: in one request (wire 2.1, 2.3). */
export function jobNodes<Result>(
  { rules, prompt, model, answerData }: JobDescription<Result>,
  { nodeId, userNodeId, convId, createdAtMs }: JobHandle,
  parentId: string,
  position: Position,
): NewNode[] {
  const timestamp = String(Math.floor(createdAtMs / 1000));
  const question: NewNode = {
    id: userNodeId,
    convId,
    parentId,
    type: "1",
    position,
    data: { timestamp, value: prompt },
  };
  if (rules.isNodeMadeByService) return [question];
  const data = { title: "AI", value: "", timestamp, model, status: "init", ...answerData };
  return [question, { id: nodeId, convId, parentId: userNodeId, type: "2", position: childPosition(position), data }];
}
