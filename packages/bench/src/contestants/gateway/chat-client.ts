import { once } from "node:events";
import { Agent, type IncomingMessage, request } from "node:http";
import { TOKEN } from "../wire.ts";

interface Chunk {
  choices?: { delta: { content?: string } }[];
}

/** Reads chats as a stream, the plainest way: a request, a split of text, and JSON. */
export class ChatClient implements Disposable {
  readonly #url: string;
  readonly #agent: Agent = new Agent({ keepAlive: true });

  /** @param url of the server */
  constructor(url: string) {
    this.#url = `${url}/v1/chat/completions`;
  }

  /** @returns the whole text. @throws where the answer is an error, or ends before its end */
  async chat(prompt: string, onDelta: () => void = () => undefined): Promise<string> {
    const response = await this.#post({
      model: "gpt-4.1-nano",
      messages: [{ role: "user", content: prompt }],
      stream: true,
    });
    let text = "";
    let isDone = false;
    for await (const data of events(response.setEncoding("utf8"))) {
      if (data === "[DONE]") {
        isDone = true;
        continue;
      }
      const { choices }: Chunk = JSON.parse(data);
      if (choices === undefined) throw new Error(`The answer broke: ${data}`);
      const delta = choices[0]?.delta.content ?? "";
      if (delta !== "") onDelta();
      text += delta;
    }
    if (!isDone) throw new Error(`The answer ended after ${text.length} characters without [DONE].`);
    return text;
  }

  async #post(body: unknown): Promise<IncomingMessage> {
    const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };
    const asked = request(this.#url, { method: "POST", agent: this.#agent, headers });
    asked.end(JSON.stringify(body));
    const [response]: IncomingMessage[] = await once(asked, "response");
    if (response?.statusCode !== 200) throw new Error(`The server answered ${response?.statusCode}.`);
    return response;
  }

  /** Closes its connections. */
  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}

async function* events(parts: AsyncIterable<string>): AsyncGenerator<string, undefined> {
  let rest = "";
  for await (const part of parts) {
    const lines = (rest + part).split("\n\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.startsWith("data: ")) yield line.slice("data: ".length);
  }
}
