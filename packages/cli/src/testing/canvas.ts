import { randomUUID } from "node:crypto";
import type { Emulator, EmulatorUser } from "@flowith-webapi/emulator";

/** A turn to put on the canvas: a prompt or an answer under the turn before it, or under another. */
export interface PlacedNode {
  id?: string;
  type?: "1" | "2" | "3";
  /** By default the node before it; the first one hangs under the conversation. */
  under?: string;
  data: Record<string, unknown>;
}

/** Writes to a user's canvas what the program shows, as the web app would have left it. */
export class TestCanvas {
  readonly #emulator: Emulator;
  readonly #user: EmulatorUser;
  #clockMs = Date.UTC(2026, 0, 1);

  constructor(emulator: Emulator, user: EmulatorUser) {
    this.#emulator = emulator;
    this.#user = user;
  }

  async conversation(
    title: string,
    nodes: readonly PlacedNode[] = [],
    fields: Record<string, unknown> = {},
  ): Promise<string> {
    const id = typeof fields.id === "string" ? fields.id : randomUUID();
    const updatedAt = new Date(this.#next()).toISOString();
    await this.#insert("conversation", [{ id, title, user_id: this.#user.id, updated_at: updatedAt, ...fields }]);
    await this.add(id, nodes);
    return id;
  }

  /** Many at once, the last one the newest. */
  async conversations(titles: readonly string[]): Promise<void> {
    const rows = titles.map((title) => ({ title, user_id: this.#user.id, updated_at: new Date(this.#next()) }));
    await this.#insert("conversation", rows);
  }

  async add(convId: string, nodes: readonly PlacedNode[]): Promise<void> {
    let last = convId;
    const rows = nodes.map(({ id = randomUUID(), type = "1", under = last, data }) => {
      last = id;
      const createdAt = new Date(this.#next()).toISOString();
      return { id, conv_id: convId, type, p_id: under, position: { x: 0, y: 0 }, data, created_at: createdAt };
    });
    if (rows.length > 0) await this.#insert("flow_node", rows);
  }

  async change(table: string, id: string, fields: Record<string, unknown>): Promise<void> {
    await this.#send("PATCH", `${table}?id=eq.${id}`, fields);
  }

  #insert(table: string, rows: readonly object[]): Promise<void> {
    return this.#send("POST", table, rows);
  }

  async #send(method: string, path: string, body: unknown): Promise<void> {
    const { supabaseUrl, supabaseKey } = this.#emulator;
    const response = await fetch(`${supabaseUrl}/rest/v1/${path}`, {
      method,
      headers: {
        apikey: supabaseKey,
        authorization: `Bearer ${this.#user.token}`,
        "content-type": "application/json",
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${await response.text()}`);
  }

  #next(): number {
    this.#clockMs += 1_000;
    return this.#clockMs;
  }
}

export const prompt = (value: string, more: Partial<PlacedNode> = {}): PlacedNode => ({
  ...more,
  type: "1",
  data: { value },
});

export const answer = (value: string, more: Partial<PlacedNode> = {}): PlacedNode => ({
  ...more,
  type: "2",
  data: { value, status: "done", model: "gpt-4.1-nano", ...more.data },
});
