import * as v from "valibot";
import type { PortCalls } from "../http/port-calls.ts";
import type { CallOptions } from "../options/options.ts";
import { type NodeRow, parseNodeRows } from "../wire/node-row.ts";
import { parseAnswer } from "../wire/parse.ts";
import type { CanvasPort, NewNode } from "./ports.ts";

const createdSchema: v.GenericSchema<unknown, { id: string }> = v.looseObject({ id: v.string() });

/** The canvas port with the caller's options in force and its answers checked. */
export class Canvas {
  readonly #port: CanvasPort;
  readonly #calls: PortCalls;

  constructor(port: CanvasPort, calls: PortCalls) {
    this.#port = port;
    this.#calls = calls;
  }

  async createConversation(userId: string, options: CallOptions): Promise<string> {
    const row = await this.#calls.run(options, (call) => this.#port.createConversation({ userId }, call));
    return parseAnswer(createdSchema, row, "POST /rest/v1/conversation").id;
  }

  insertNodes(nodes: readonly NewNode[], options: CallOptions): Promise<void> {
    return this.#calls.run(options, (call) => this.#port.insertNodes(nodes, call));
  }

  async nodesByIds(ids: readonly string[], parentIds: readonly string[], options: CallOptions): Promise<NodeRow[]> {
    return parseNodeRows(await this.#calls.run(options, (call) => this.#port.nodesByIds(ids, parentIds, call)));
  }

  async nodesOfConversation(convId: string, options: CallOptions): Promise<NodeRow[]> {
    return parseNodeRows(await this.#calls.run(options, (call) => this.#port.nodesOfConversation(convId, call)));
  }
}
