import type { ConversationRecord, Flowith, FlowTree } from "flowith-webapi";

/** A conversation with all its nodes. @throws NotFoundError for one that is not there or is somebody else's */
export async function loadConversation(
  client: Flowith,
  convId: string,
  signal: AbortSignal,
): Promise<{ record: ConversationRecord; tree: FlowTree }> {
  const [record, tree] = await Promise.all([
    client.conversations.get(convId, { signal }),
    client.conversations.tree(convId, { signal }),
  ]);
  return { record, tree };
}
