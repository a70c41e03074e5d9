import type { FlowithOptions } from "flowith-webapi";
import type { Account } from "./accounts/account.ts";

/** How a gateway answers. All are optional. */
export interface GatewayOptions {
  /**
   * Options of the clients that are made for callers, such as `edgeUrl`, `supabaseUrl` and `supabaseKey` of another service.
   * A sign-in is not among them: it is the caller's.
   */
  flowith?:
    | Omit<FlowithOptions, "token" | "refreshToken" | "store" | "userId" | "verifierStore" | "jobStore">
    | undefined;
  /**
   * Whose account a credential opens; undefined refuses it with 401. Default: the credential is the caller's own token of the
   * web app or their own API key.
   */
  authenticate?: ((credential: string) => Promise<Account | undefined>) | undefined;
  /**
   * Default false. Lets models call tools by the web app's sign-in: tools are described in the prompt, and calls are read out
   * of the text. Without it such tools are ignored, and said to be. With an API key tools are the service's own.
   */
  toolBridge?: boolean | undefined;
  /** Default false. By the web app's sign-in, asks for texts without leaving a conversation on the user's canvas. */
  direct?: boolean | undefined;
  /**
   * Which models clients mean by the names that they send, for those that know names of another company: a name, or a
   * beginning with `*` at its end, and the id of a model of `GET /v1/models`. A whole name wins, else the longest beginning,
   * also over a model whose id is the name. Default: none.
   * @example { "claude-haiku-*": "gpt-4.1-mini", "claude-*": "gpt-5" }
   */
  models?: Readonly<Record<string, string>> | undefined;
  /** How many callers' clients are kept, those at work beyond it; the least recently used goes first. Default 1_000. */
  maxClients?: number | undefined;
  /**
   * How many answers of `/v1/responses` are kept in memory, of all callers together and up to 64 Mi characters, so that
   * `previous_response_id` finds them; the least recently used goes first. Default 1_000; 0 keeps none.
   */
  maxResponses?: number | undefined;
  /** Silence after which a stream sends a comment, or to Anthropic's clients a `ping`, in ms, so that no proxy ends it. Default 15_000. */
  keepAliveMs?: number | undefined;
  /** The largest body that is read, in bytes. Default 33_554_432 (32 MiB). */
  maxBodyBytes?: number | undefined;
}
