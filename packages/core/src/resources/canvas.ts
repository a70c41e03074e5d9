import * as v from "valibot";
import type { CanvasPort, NewNode } from "../ports.ts";
import { type NodeRow, parseNodeRows } from "../wire/node-row.ts";
import { parseAnswer } from "../wire/parse.ts";

const createdSchema: v.GenericSchema<unknown, { id: string }> = v.looseObject({ id: v.string() });

/** The canvas port with its answers checked. */
export class Canvas {
  readonly #port: CanvasPort;

  constructor(port: CanvasPort) {
    this.#port = port;
  }

  async createConversation(userId: string, signal: AbortSignal | undefined): Promise<string> {
    const row = await this.#port.createConversation({ userId }, { signal });
    return parseAnswer(createdSchema, row, "POST /rest/v1/conversation").id;
  }

  insertNodes(nodes: readonly NewNode[], signal: AbortSignal | undefined): Promise<void> {
    return this.#port.insertNodes(nodes, { signal });
  }

  async nodesByIds(ids: readonly string[], signal: AbortSignal | undefined): Promise<NodeRow[]> {
    return parseNodeRows(await this.#port.nodesByIds(ids, { signal }));
  }

  async nodesOfConversation(convId: string, signal: AbortSignal | undefined): Promise<NodeRow[]> {
    return parseNodeRows(await this.#port.nodesOfConversation(convId, { signal }));
  }
}
