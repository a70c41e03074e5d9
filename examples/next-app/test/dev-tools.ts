import { once } from "node:events";

type Answer = Record<string, unknown>;

/** The DevTools protocol of one page. */
export class DevTools {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, PromiseWithResolvers<Answer>>();
  #sent = 0;
  #sessionId: string | undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => this.#take(JSON.parse(String(data))));
    socket.addEventListener("close", () => {
      for (const { reject } of this.#waiting.values()) reject(new Error("Chromium has ended."));
    });
  }

  static async ofNewPage(browserUrl: string): Promise<DevTools> {
    const socket = new WebSocket(browserUrl);
    await once(socket, "open");
    const tools = new DevTools(socket);
    const { targetId } = await tools.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await tools.send("Target.attachToTarget", { targetId, flatten: true });
    tools.#sessionId = String(sessionId);
    return tools;
  }

  send(method: string, params: Record<string, unknown> = {}): Promise<Answer> {
    const id = ++this.#sent;
    const waiting = Promise.withResolvers<Answer>();
    this.#waiting.set(id, waiting);
    this.#socket.send(JSON.stringify({ id, method, params, sessionId: this.#sessionId }));
    return waiting.promise;
  }

  close(): void {
    this.#socket.close();
  }

  #take({ id, result, error }: { id?: number; result?: Answer; error?: Answer }): void {
    const waiting = this.#waiting.get(id ?? 0);
    this.#waiting.delete(id ?? 0);
    if (error) waiting?.reject(new Error(JSON.stringify(error)));
    else waiting?.resolve(result ?? {});
  }
}
