import { randomUUID } from "node:crypto";
import { createParser } from "eventsource-parser";
import type { Task } from "./task.ts";
import { bodyReader, openStream, TOKEN } from "./wire.ts";

type JobEvent =
  | { type: "chunks"; nodeId: string; chunks: string[] }
  | { type: "complete"; nodeId: string; result: string };

const USER_ID = "bench";

/**
 * What a program would have in place of the SDK: the same requests with plain `fetch`, and one event stream for all jobs,
 * read by a parser of the standard and routed by node id. No limits, no repetition, no refresh, no rows that are asked.
 */
export class BareClient {
  readonly #url: string;
  readonly #listeners = new Map<string, (event: JobEvent) => void>();

  private constructor(url: string) {
    this.#url = url;
  }

  /** Opens the event stream, whose end is the end of the process. */
  static async connect(task: Task): Promise<BareClient> {
    const client = new BareClient(task.url);
    const response = await openStream(task);
    void client.#read(bodyReader(response));
    return client;
  }

  /** A text in a new conversation, from its first request to its end. */
  async generate(prompt: string, onDelta: (text: string) => void): Promise<string> {
    const ended = Promise.withResolvers<string>();
    const [userNodeId, nodeId] = [randomUUID(), randomUUID()];
    this.#listeners.set(nodeId, (event) => {
      if (event.type === "chunks") onDelta(event.chunks.join(""));
      else ended.resolve(event.result);
    });
    try {
      const conversation = { project_id: null, is_absolute_mode: true, user_id: USER_ID };
      const [row]: { id: string }[] = JSON.parse(await this.#insert("conversation?select=id", conversation));
      if (row === undefined) throw new Error("No conversation was made.");
      const node = { conv_id: row.id, c_ids: [] };
      await this.#insert("flow_node", [
        { ...node, id: userNodeId, p_id: row.id, type: "1", position: { x: 0, y: 0 }, data: { value: prompt } },
        { ...node, id: nodeId, p_id: userNodeId, type: "2", position: { x: 0, y: 130 }, data: { status: "init" } },
      ]);
      await this.#post("/completion/async?mode=general", TOKEN, {
        model: "gpt-4.1-nano",
        messages: [{ role: "user", content: prompt }],
        nodeId,
        convId: row.id,
        stream: true,
      });
      return await ended.promise;
    } finally {
      this.#listeners.delete(nodeId);
    }
  }

  async #insert(path: string, rows: unknown): Promise<string> {
    return this.#post(`/rest/v1/${path}`, `Bearer ${TOKEN}`, rows, { apikey: "key", prefer: "return=representation" });
  }

  async #post(path: string, authorization: string, body: unknown, more: Record<string, string> = {}): Promise<string> {
    const response = await fetch(this.#url + path, {
      method: "POST",
      headers: { authorization, "content-type": "application/json", ...more },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${text}`);
    return text;
  }

  async #read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<never> {
    const decoder = new TextDecoder();
    const parser = createParser({
      onEvent: ({ data }) => {
        const event: { data?: JobEvent } = JSON.parse(data);
        if (event.data !== undefined) this.#listeners.get(event.data.nodeId)?.(event.data);
      },
    });
    for (;;) {
      const { done, value } = await reader.read();
      if (done) throw new Error("The event stream ended.");
      parser.feed(decoder.decode(value, { stream: true }));
    }
  }
}
