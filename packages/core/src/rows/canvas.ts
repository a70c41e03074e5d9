import * as v from "valibot";
import type { FetchLike } from "../http/middleware.ts";
import type { CallRules, PortCall, PortCalls } from "../http/port-calls.ts";
import { uuid } from "../options/option-values.ts";
import type { CallOptions } from "../options/options.ts";
import { type NodeRow, parseNodeRows } from "../wire/node-row.ts";
import { parseAnswer } from "../wire/parse.ts";
import type { CanvasPort, NewNode } from "./ports.ts";

/** The id stands in handles, addresses and errors, so nothing else that was answered may pass for one. */
const createdSchema: v.GenericSchema<unknown, { id: string }> = v.looseObject({ id: uuid });
/** The canvas port with the caller's options in force and its answers checked. */
export class Canvas {
  readonly #port: CanvasPort;
  readonly #calls: PortCalls;

  constructor(port: CanvasPort, calls: PortCalls) {
    this.#port = port;
    this.#calls = calls;
  }

  async createConversation(userId: string, options: CallOptions): Promise<string> {
    // One that is left over by a repeat is empty, and costs nothing.
    const create = (call: PortCall): Promise<unknown> => this.#port.createConversation({ userId }, call);
    const row = await this.#calls.run(options, create, { repeat: "safe" });
    return parseAnswer(createdSchema, row, "POST /rest/v1/conversation").id;
  }

  /** Gives a conversation a title, unless it has one. */
  titleConversation(convId: string, title: string, options: CallOptions): Promise<void> {
    const update = (call: PortCall): Promise<void> => this.#port.titleConversation(convId, title, call);
    return this.#calls.run(options, update, { repeat: "safe" });
  }

  insertNodes(nodes: readonly NewNode[], options: CallOptions): Promise<void> {
    const insert = (call: PortCall): Promise<void> => this.#port.insertNodes(nodes, call);
    return this.#calls.run(options, insert, { repeat: "own-id", ownIds: nodes.map(({ id }) => id) });
  }

  async nodesByIds(
    ids: readonly string[],
    parentIds: readonly string[],
    options: CallOptions,
    rules?: CallRules,
  ): Promise<NodeRow[]> {
    let answeredAt: string | null | undefined;
    const ask = ({ fetch, signal }: PortCall): Promise<unknown> => {
      const seen: FetchLike = async (input, init) => {
        const response = await fetch(input, init);
        answeredAt = response.headers.get("date");
        return response;
      };
      return this.#port.nodesByIds(ids, parentIds, { fetch: seen, signal });
    };
    return parseNodeRows(await this.#calls.run(options, ask, rules), answeredAt);
  }

  async nodesOfConversation(convId: string, options: CallOptions): Promise<NodeRow[]> {
    return parseNodeRows(await this.#calls.run(options, (call) => this.#port.nodesOfConversation(convId, call)));
  }
}
