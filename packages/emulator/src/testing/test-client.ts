import { randomUUID } from "node:crypto";
import * as v from "valibot";
import type { Emulator } from "../emulator.ts";
import type { EmulatorUser, NewUser } from "../users/users.ts";
import { OpenStream } from "./open-stream.ts";

const created: v.GenericSchema<unknown, { id: string }[]> = v.array(v.object({ id: v.string() }));

const session: v.GenericSchema<unknown, { access_token: string; refresh_token: string }> = v.object({
  access_token: v.string(),
  refresh_token: v.string(),
});

const nodeRows: v.GenericSchema<unknown, { data: unknown; type: string }[]> = v.array(
  v.object({ data: v.unknown(), type: v.string() }),
);

/** A user with nothing but fetch, who speaks the wire as it is written down. */
export class TestClient {
  user: EmulatorUser;
  readonly #emulator: Emulator;
  #convId: string | undefined;

  constructor(emulator: Emulator, user: EmulatorUser) {
    this.#emulator = emulator;
    this.user = user;
  }

  static async create(emulator: Emulator, user?: NewUser): Promise<TestClient> {
    return new TestClient(emulator, await emulator.createUser(user));
  }

  /** Takes a new session for the refresh token. */
  async refresh(): Promise<void> {
    const response = await this.#emulator.fetch("/auth/v1/token?grant_type=refresh_token", {
      method: "POST",
      headers: { apikey: this.#emulator.supabaseKey, "content-type": "application/json" },
      body: JSON.stringify({ refresh_token: this.user.refreshToken }),
    });
    const { access_token, refresh_token } = v.parse(session, await response.json());
    this.user = { ...this.user, token: access_token, refreshToken: refresh_token };
  }

  get(path: string): Promise<Response> {
    return this.#emulator.fetch(`${this.#emulator.edgeUrl}${path}`, { headers: { authorization: this.user.token } });
  }

  post(path: string, body: unknown): Promise<Response> {
    return this.#emulator.fetch(`${this.#emulator.edgeUrl}${path}`, {
      method: "POST",
      headers: { authorization: this.user.token, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  }

  rest(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = {
      apikey: this.#emulator.supabaseKey,
      authorization: `Bearer ${this.user.token}`,
      "content-type": "application/json",
      ...(init.method === "POST" ? { prefer: "return=representation" } : {}),
    };
    return this.#emulator.fetch(`${this.#emulator.supabaseUrl}/rest/v1${path}`, { ...init, headers });
  }

  async stream(channel: "stream" | "sse" = "stream"): Promise<OpenStream> {
    return new OpenStream(await this.get(`/user_stream/${channel}?user_id=${this.user.id}`));
  }

  async conversation(): Promise<string> {
    if (this.#convId === undefined) {
      const body = JSON.stringify({ project_id: null, is_absolute_mode: true, user_id: this.user.id });
      const response = await this.rest("/conversation?select=id", { method: "POST", body });
      const [row] = v.parse(created, await response.json());
      this.#convId = row?.id ?? "";
    }
    return this.#convId;
  }

  async node(type: "1" | "2", data: object): Promise<string> {
    const id = randomUUID();
    const conv_id = await this.conversation();
    const row = { id, conv_id, type, p_id: conv_id, c_ids: [], position: { x: 0, y: 0 }, data };
    const response = await this.rest("/flow_node", { method: "POST", body: JSON.stringify([row]) });
    if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
    return id;
  }

  /** Makes an answer node and posts a text job for it. */
  async ask(prompt: string, model = "gpt-4.1-nano"): Promise<{ nodeId: string; response: Response }> {
    const nodeId = await this.node("2", { title: "AI", value: "", status: "init", model });
    const messages = [{ role: "user", content: prompt }];
    const convId = await this.conversation();
    const body = { model, messages, nodeId, convId, stream: true };
    return { nodeId, response: await this.post("/completion/async?mode=general", body) };
  }

  async draw(prompt: string, options: object = {}): Promise<{ nodeId: string; response: Response }> {
    const model = "gemini-3.1-flash-image";
    const nodeId = await this.node("2", { title: "AI", value: "", status: "init", model, isImage: true });
    const messages = [{ role: "user", content: prompt }];
    const convId = await this.conversation();
    return { nodeId, response: await this.post("/image_gen/async", { model, nodeId, convId, messages, ...options }) };
  }

  /** Makes the user's node and posts a video job under it, whose answer node is the server's to make. */
  async film(
    prompt: string,
    options: object = {},
  ): Promise<{ sent: string; parentNodeId: string; response: Response }> {
    const parentNodeId = await this.node("1", { value: prompt });
    const sent = randomUUID();
    const convId = await this.conversation();
    const shape = { imageURL: "", audio: true, aspect_ratio: "16:9", resolution: "480p" };
    const body = { nodeId: sent, model: "seedance-2.0-fast", prompt, ...shape, convId, parentNodeId, ...options };
    return { sent, parentNodeId, response: await this.post("/video/async", body) };
  }

  /** `data` of a node's row, as it is kept. */
  async data(nodeId: string): Promise<unknown> {
    const response = await this.rest(`/flow_node?id=eq.${nodeId}&select=data,type`);
    return v.parse(nodeRows, await response.json())[0]?.data;
  }
}
