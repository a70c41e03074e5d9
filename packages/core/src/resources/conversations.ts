import * as v from "valibot";
import type { EdgeClient } from "../http/edge-client.ts";
import type { PortCall, PortCalls } from "../http/port-calls.ts";
import { flag } from "../options/option-values.ts";
import type { CallOptions } from "../options/options.ts";
import { checkCall, checkText } from "../options/options-check.ts";
import type { Canvas } from "../rows/canvas.ts";
import type { CanvasPort, PageQuery } from "../rows/ports.ts";
import type { SessionManager } from "../session/session-manager.ts";
import { parseRecords } from "../wire/records.ts";
import { checkUuid, optionalUuid, pageEntries } from "./check-arguments.ts";
import {
  type ConvNovelEditor,
  type DiscussRecord,
  type OracleStreamRecord,
  readDiscussion,
  readNovelEditor,
  readOracleStream,
} from "./conversation-documents.ts";
import { type ConversationRecord, readConversation } from "./conversation-record.ts";
import { conversationTree, type FlowTree } from "./conversation-tree.ts";
import { type CooperationRecord, type CooperatorRecord, readCooperation, readCooperator } from "./cooperation.ts";
import { type FlowNode, flowNode } from "./flow-node.ts";
import { keysetPages, PAGE_ROWS } from "./keyset-pages.ts";
import { found } from "./not-found.ts";
import { ownUserId } from "./own-user-id.ts";

/** Which conversations to go through. */
export interface AllConversationsOptions extends CallOptions {
  /** Default: the conversations that belong to no project. */
  projectId?: string | undefined;
}

/** Which page of the conversations to give. */
export interface ConversationListOptions extends AllConversationsOptions {
  /** 1 to 1000; default 20. */
  limit?: number | undefined;
  /** Default 0. */
  offset?: number | undefined;
}

/** Whose cooperations to give, and on what. */
export interface CooperationOptions extends CallOptions {
  /** Default: the user of the session. */
  userId?: string | undefined;
  /** Default: every conversation that is not deleted. */
  convId?: string | undefined;
  /** Leaves out what is pinned, and what has one member only. Default true. */
  excludeTop?: boolean | undefined;
}

const WHAT = "/rest/v1/conversation";

/** Conversations on the canvas. Wrong arguments are an `InvalidArgumentError` before any request. */
export class Conversations {
  readonly #port: CanvasPort;
  readonly #calls: PortCalls;
  readonly #canvas: Canvas;
  readonly #edge: EdgeClient;
  readonly #session: SessionManager;

  constructor(port: CanvasPort, calls: PortCalls, canvas: Canvas, edge: EdgeClient, session: SessionManager) {
    this.#port = port;
    this.#calls = calls;
    this.#canvas = canvas;
    this.#edge = edge;
    this.#session = session;
  }

  /**
   * One page of the user's conversations, the one that changed last in front. Deleted ones are left out.
   * @example
   * const [latest] = await flowith.conversations.list({ limit: 1 });
   */
  async list(options: ConversationListOptions = {}): Promise<ConversationRecord[]> {
    checkCall("conversations.list", options, { ...pageEntries, projectId: optionalUuid });
    const { limit = 20, offset = 0 } = options;
    return this.#page(options, { limit, offset });
  }

  /**
   * All of the user's conversations, the one that changed last in front, each page asked for when it is needed. One that
   * changes meanwhile may be missed, and none comes twice.
   * @example
   * for await (const conversation of flowith.conversations.all()) {
   *   if (conversation.title === "Budget") break;
   * }
   */
  all(options: AllConversationsOptions = {}): AsyncGenerator<ConversationRecord, undefined> {
    checkCall("conversations.all", options, { projectId: optionalUuid });
    return keysetPages(
      (after) => this.#page(options, { limit: PAGE_ROWS, after }),
      ({ updatedAt, convId }) => ({ at: updatedAt ?? null, id: convId }),
      options.signal,
    );
  }

  /**
   * One conversation, a deleted one too: see `isDeleted`.
   * @throws NotFoundError where there is none, or this user cannot see it
   * @example
   * const { title } = await flowith.conversations.get(convId);
   */
  async get(convId: string, options: CallOptions = {}): Promise<ConversationRecord> {
    this.#check("get", convId, options);
    const answer = await this.#calls.run(options, (call) => this.#port.conversation(convId, call));
    return this.#one(convId, answer, `GET ${WHAT}`);
  }

  /**
   * Gives a conversation another title.
   * @throws NotFoundError where there is none, or it is not this user's
   * @example
   * await flowith.conversations.rename(convId, "A week in Kyoto");
   */
  async rename(convId: string, title: string, options: CallOptions = {}): Promise<ConversationRecord> {
    this.#check("rename", convId, options);
    checkText("conversations.rename", "title", title);
    return this.#update(convId, { title }, options);
  }

  /**
   * Deletes a conversation, in the way of the web app: it is marked and no longer listed. Doing it again does no harm.
   * @throws NotFoundError where there is none, or it is not this user's
   * @example
   * await flowith.conversations.delete(convId);
   */
  async delete(convId: string, options: CallOptions = {}): Promise<void> {
    this.#check("delete", convId, options);
    await this.#update(convId, { isDeleted: true }, options);
  }

  /**
   * All nodes of a conversation that are not deleted, oldest first. Empty for one that this user cannot see.
   * @example
   * const answers = (await flowith.conversations.nodes(convId)).filter((node) => node.type === "2");
   */
  async nodes(convId: string, options: CallOptions = {}): Promise<FlowNode[]> {
    this.#check("nodes", convId, options);
    const rows = await this.#canvas.nodesOfConversation(convId, options);
    return rows.map((row) => flowNode(convId, row));
  }

  /**
   * The same nodes as a tree: each turn under the one that it continues, so that branches can be followed.
   * @example
   * const tree = await flowith.conversations.tree(convId);
   * const turns = tree.path(nodeId).map((node) => node.text);
   */
  async tree(convId: string, options: CallOptions = {}): Promise<FlowTree> {
    this.#check("tree", convId, options);
    return conversationTree(await this.nodes(convId, options));
  }

  /**
   * Who works on a conversation.
   * @throws NotFoundError where there is none, or this user cannot see it
   * @example
   * const names = (await flowith.conversations.cooperators(convId)).map((cooperator) => cooperator.userName);
   */
  async cooperators(convId: string, options: CallOptions = {}): Promise<CooperatorRecord[]> {
    this.#check("cooperators", convId, options);
    const query = { conv_id: convId };
    const answer = await this.#edge.json("GET", "/cooperate/list", { ...options, query });
    return parseRecords(readCooperator, answer, "GET /cooperate/list");
  }

  /**
   * Conversations that a user takes part in, other people's too.
   * @example
   * const shared = await flowith.conversations.cooperations();
   */
  async cooperations(options: CooperationOptions = {}): Promise<CooperationRecord[]> {
    const own = { userId: optionalUuid, convId: optionalUuid, excludeTop: v.optional(flag) };
    checkCall("conversations.cooperations", options, own);
    const { convId, excludeTop = true } = options;
    const userId = options.userId ?? (await ownUserId("conversations.cooperations", this.#session, options));
    const answer = await this.#calls.run(options, (call) =>
      this.#port.cooperations({ userId, convId, excludeTop }, call),
    );
    return parseRecords(readCooperation, answer, "GET /rest/v1/cooperate");
  }

  /**
   * The document beside a conversation, or undefined where it has none.
   * @example
   * const content = (await flowith.conversations.novelEditor(convId))?.content;
   */
  async novelEditor(convId: string, options: CallOptions = {}): Promise<ConvNovelEditor | undefined> {
    this.#check("novelEditor", convId, options);
    const answer = await this.#calls.run(options, (call) => this.#port.novelEditor(convId, call));
    return parseRecords(readNovelEditor, answer, "GET /rest/v1/conv_novel_editor")[0];
  }

  /**
   * The comments on a conversation, in the order of the service.
   * @example
   * for (const { content } of await flowith.conversations.discussions(convId)) console.log(content);
   */
  async discussions(convId: string, options: CallOptions = {}): Promise<DiscussRecord[]> {
    this.#check("discussions", convId, options);
    const answer = await this.#calls.run(options, (call) => this.#port.discussions(convId, call));
    return parseRecords(readDiscussion, answer, "GET /rest/v1/discuss");
  }

  /**
   * The plans of the agent mode in a conversation.
   * @example
   * const [plan] = await flowith.conversations.oracleStream(convId);
   */
  async oracleStream(convId: string, options: CallOptions = {}): Promise<OracleStreamRecord[]> {
    this.#check("oracleStream", convId, options);
    const answer = await this.#calls.run(options, (call) => this.#port.oracleStream(convId, call));
    return parseRecords(readOracleStream, answer, "GET /rest/v1/oracle_stream");
  }

  #check(method: string, convId: string, options: CallOptions): void {
    checkUuid(`conversations.${method}`, "convId", convId);
    checkCall(`conversations.${method}`, options);
  }

  async #page(options: AllConversationsOptions, page: PageQuery): Promise<ConversationRecord[]> {
    const { projectId } = options;
    const userId = await ownUserId("conversations.list", this.#session, options);
    const answer = await this.#calls.run(options, (call) =>
      this.#port.conversations({ userId, projectId, ...page }, call),
    );
    return parseRecords(readConversation, answer, `GET ${WHAT}`);
  }

  async #update(
    convId: string,
    changes: { title?: string; isDeleted?: boolean },
    options: CallOptions,
  ): Promise<ConversationRecord> {
    const update = (call: PortCall): Promise<unknown> => this.#port.updateConversation(convId, changes, call);
    const answer = await this.#calls.run(options, update, { repeat: "safe" });
    return this.#one(convId, answer, `PATCH ${WHAT}`);
  }

  #one(convId: string, answer: unknown, label: string): ConversationRecord {
    return found(parseRecords(readConversation, answer, label), `The conversation ${convId}`);
  }
}
