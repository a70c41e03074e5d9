import type { EdgeCall, EdgeClient } from "../http/edge-client.ts";
import { parseAnswer } from "../wire/parse.ts";
import { type RawRecord, rawRecord } from "../wire/records.ts";

/** An answer whose fields nobody has written down (wire 5): an object as the service sent it. @throws ResponseShapeError */
export async function edgeRecord(edge: EdgeClient, method: string, path: string, call: EdgeCall): Promise<RawRecord> {
  return parseAnswer(rawRecord, await edge.json(method, path, call), `${method} ${path}`);
}
