/** What connections and streams of Node have in common. */
interface Connection {
  readonly destroyed?: boolean | undefined;
  destroy(error?: Error): unknown;
  on(event: string, listener: () => void): unknown;
  removeListener(event: string, listener: () => void): unknown;
  resetAndDestroy?(): unknown;
}

/**
 * What `pipeResponse` needs of a response of `node:http`, so that nobody needs the types of Node: a `ServerResponse`,
 * Express's `res`, Fastify's `reply.raw`, and the response of a `node:http2` server.
 */
export interface ServerResponseLike {
  statusCode: number;
  statusMessage?: string | undefined;
  readonly headersSent: boolean;
  readonly writableEnded: boolean;
  readonly destroyed?: boolean | undefined;
  readonly req?:
    | {
        readonly method?: string | undefined;
        readonly httpVersion?: string | undefined;
        readonly httpVersionMajor?: number | undefined;
        readonly socket?: Connection | null | undefined;
      }
    | undefined;
  /** null while the answer to an earlier request of the same connection is being sent. */
  readonly socket?: Connection | null | undefined;
  /** Of `node:http2` alone. */
  readonly stream?: { readonly destroyed?: boolean | undefined } | undefined;
  getHeader(name: string): number | string | readonly string[] | undefined;
  setHeader(name: string, value: string | readonly string[]): unknown;
  removeHeader(name: string): unknown;
  flushHeaders?(): unknown;
  /** Of the `compression` middleware. */
  flush?(): unknown;
  write(bytes: Uint8Array): boolean;
  end(): unknown;
  destroy(error?: Error): unknown;
  on(event: string, listener: () => void): unknown;
  removeListener(event: string, listener: () => void): unknown;
}

const METHODS = ["getHeader", "setHeader", "removeHeader", "write", "end", "destroy", "on", "removeListener"];

export function isServerResponse(value: unknown): value is ServerResponseLike {
  return (
    typeof value === "object" &&
    value !== null &&
    METHODS.every((method) => typeof Reflect.get(value, method) === "function")
  );
}
