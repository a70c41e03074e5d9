import { AuthenticationError } from "../errors/authentication-error.ts";
import type { HttpRequest } from "./request.ts";
import { parsedBody } from "./response-error.ts";
import { isTokenRefusal } from "./token-refusal.ts";
import {
  type Answer,
  discard,
  type Exchange,
  type OpenResponse,
  type TextResponse,
  type Transport,
} from "./transport.ts";

export interface TokenSource {
  accessToken(signal: AbortSignal | undefined, isForeground: boolean): Promise<string>;
  /** @returns another token than the refused one, or undefined where there is nothing to renew it with */
  renew(refusedToken: string, signal?: AbortSignal): Promise<string | undefined>;
}

/** A request that gets the token, unless it brings an `authorization` header along. */
export interface AuthorizedRequest extends HttpRequest {
  /** Goes without a token where there is none. */
  isTokenOptional?: boolean | undefined;
  /** The body can be made once only: after a 401 the token is renewed for the calls to come, and the refusal thrown. */
  isBodyOnce?: boolean | undefined;
}

/** The transport with a token: adds it to each attempt, and renews it once where it is refused. */
export class AuthorizedClient {
  readonly #transport: Transport;
  readonly #tokens: TokenSource;
  readonly #authScheme: "bare" | "bearer";
  /** What the session has failed with, after repeats of its own. */
  readonly #tokenFailures = new WeakSet<WeakKey>();

  /** @param authScheme how the token goes to the edge */
  constructor(transport: Transport, tokens: TokenSource, authScheme: "bare" | "bearer") {
    this.#transport = transport;
    this.#tokens = tokens;
    this.#authScheme = authScheme;
  }

  /** Sends and reads the whole body as text. @throws what {@link Transport.text} throws; AuthenticationError */
  async text(request: AuthorizedRequest): Promise<TextResponse> {
    const own = this.#withFinalFailures(request);
    return this.#transport.text(own, (exchange, signal) => this.#perform(request, exchange, signal));
  }

  /** Sends and hands over the response with its body unread. */
  async open(request: AuthorizedRequest): Promise<OpenResponse> {
    const own = this.#withFinalFailures(request);
    return this.#transport.open(own, (exchange, signal) => this.#perform(request, exchange, signal));
  }

  /** A refresh that fails has been repeated as often as it may be: the request's repeats would multiply it. */
  #withFinalFailures(request: AuthorizedRequest): AuthorizedRequest {
    return { ...request, isFinal: this.#isTokenFailure };
  }

  readonly #isTokenFailure = (error: unknown): boolean =>
    typeof error === "object" && error !== null && this.#tokenFailures.has(error);

  async #perform(request: AuthorizedRequest, exchange: Exchange, signal: AbortSignal): Promise<Answer> {
    const authorization = request.headers?.authorization ?? (await this.#authorization(request, signal));
    const first = await exchange(authorization === undefined ? {} : { authorization });
    if (!isRefused(first)) return first;
    const refused = (authorization ?? "").replace(/^Bearer /i, "");
    const renewed = await this.#renewed(request, refused, signal);
    if (renewed === undefined && request.isTokenOptional === true) return exchange({});
    if (renewed === undefined || request.isBodyOnce === true) return first;
    if ("response" in first) discard(first.response);
    return exchange({ authorization: this.#credentials(request, renewed) });
  }

  async #authorization(request: AuthorizedRequest, signal: AbortSignal): Promise<string | undefined> {
    try {
      return this.#credentials(request, await this.#tokens.accessToken(signal, request.kind !== "events"));
    } catch (error) {
      return this.#failed(request, error);
    }
  }

  async #renewed(request: AuthorizedRequest, refused: string, signal: AbortSignal): Promise<string | undefined> {
    try {
      return await this.#tokens.renew(refused, signal);
    } catch (error) {
      return this.#failed(request, error);
    }
  }

  /** A request whose token is optional goes without one. */
  #failed(request: AuthorizedRequest, error: unknown): undefined {
    if (request.isTokenOptional === true && AuthenticationError.is(error)) return undefined;
    if (typeof error === "object" && error !== null) this.#tokenFailures.add(error);
    throw error;
  }

  /** Supabase knows bearers only. */
  #credentials({ kind }: HttpRequest, token: string): string {
    const isBearer = this.#authScheme === "bearer" || kind === "rows" || kind === "auth";
    return isBearer ? `Bearer ${token}` : token;
  }
}

/** Of an answer whose body is not read yet, the status has to say it. */
function isRefused(answer: Answer): boolean {
  if ("response" in answer) return answer.response.status === 401;
  return isTokenRefusal(answer.status, parsedBody(answer.text));
}
