import { AuthenticationError } from "../errors/authentication-error.ts";
import { NotFoundError } from "../errors/not-found-error.ts";
import { SessionStoreError } from "../errors/session-store-error.ts";
import type { PortCall, PortCalls } from "../http/port-calls.ts";
import { withinTotal } from "../http/within-total.ts";
import { limitsOf } from "../options/limits.ts";
import type { CallOptions } from "../options/options.ts";
import { checkAgainst, checkCall, checkText } from "../options/options-check.ts";
import type { AuthPort } from "../session/auth-port.ts";
import { parseSession } from "../session/auth-session.ts";
import { readCallbackUrl } from "../session/callback-url.ts";
import { givenSession, type SessionTokens, type WebAppSession } from "../session/given-session.ts";
import { refusedAsAuthentication } from "../session/grant-refusal.ts";
import type { SessionListener } from "../session/session-changes.ts";
import { ofAnotherUser, outOfDate } from "../session/session-errors.ts";
import { checkedRefreshToken } from "../session/session-from-options.ts";
import type { SessionManager, SignIn } from "../session/session-manager.ts";
import { areTwoUsers } from "../session/session-rules.ts";
import type { Session } from "../session/session-store.ts";
import { throwIfAborted } from "../timing/abort.ts";
import { deadline } from "../timing/deadline.ts";
import {
  type LogoutOptions,
  logoutSchema,
  type OAuthCallOptions,
  type OAuthOptions,
  oauthCallSchema,
  oauthRequest,
  oauthSchema,
  type PasswordOptions,
  passwordSchema,
} from "./auth-options.ts";
import { type AuthUser, authUser } from "./auth-user.ts";

/** Sign-in, sign-out and the session that is in use. */
export class Auth {
  readonly #session: SessionManager;
  readonly #port: AuthPort;
  readonly #grants: PortCalls;
  readonly #calls: PortCalls;

  /**
   * @param grants makes calls without a token, which are what brings one
   * @param calls makes calls with the session's
   */
  constructor(session: SessionManager, port: AuthPort, grants: PortCalls, calls: PortCalls) {
    this.#session = session;
    this.#port = port;
    this.#grants = grants;
    this.#calls = calls;
  }

  /**
   * The session in use, which may have expired, or null: also once a call has found that it can be renewed no more. Makes no
   * request, but reads the store where that was over 5 s ago, and waits for it no longer than for a request. Of a refresh
   * token alone, `accessToken` is empty until the first call has spent it.
   * @example
   * if ((await flowith.auth.session()) === null) showSignIn();
   * @throws SessionStoreError; AuthenticationError where the `token` option is none; InvalidArgumentError where it is not
   * that of the `userId` option; TimeoutError where the store does not answer
   */
  async session(options: CallOptions = {}): Promise<Session | null> {
    checkCall("auth.session", options);
    const session = await withinTotal("auth.session", options, ({ signal }) => this.#session.find(signal));
    return session === undefined ? null : { ...session };
  }

  /**
   * A token that can be used now: the session's, refreshed where that is due. For requests of your own; `flowith.fetch`
   * has it already. Callers at the same moment share one refresh, and its options.
   * @example
   * const headers = { authorization: `Bearer ${await flowith.auth.accessToken()}` };
   * @throws AuthenticationError where none can be had; it never resolves to nothing. SessionStoreError, ConnectionError
   */
  async accessToken(options: CallOptions = {}): Promise<string> {
    checkCall("auth.accessToken", options);
    throwIfAborted(options.signal);
    return withinTotal("auth.accessToken", options, (call) => this.#session.accessToken(call.signal, true, options));
  }

  /**
   * The signed-in user, asked of the auth server.
   * @example
   * const { email } = await flowith.auth.user();
   * @throws AuthenticationError
   */
  async user(options: CallOptions = {}): Promise<AuthUser> {
    checkCall("auth.user", options);
    const answer = await withinTotal("auth.user", options, async (limited) => {
      const token = await this.#session.accessToken(limited.signal);
      return this.#calls.run(limited, (call) => this.#port.user(token, call));
    });
    return authUser(answer);
  }

  /**
   * Signs in by email and password, and uses and stores that session from now on.
   * @example
   * await flowith.auth.signInWithPassword({ email, password });
   * @throws AuthenticationError where they are refused; SessionStoreError where the session is in use but not stored
   */
  async signInWithPassword(options: PasswordOptions): Promise<Session> {
    checkAgainst("auth.signInWithPassword", passwordSchema, options);
    const { email, password, ...call } = options;
    return this.#signIn("auth.signInWithPassword", call, (portCall) =>
      this.#port.signInWithPassword({ email, password }, portCall),
    );
  }

  /**
   * The address of a provider's sign-in page, and nothing else: no request, nothing stored. The user comes back with the
   * session itself in the fragment, for `sessionFromUrl`. Prefer `signInWithOAuth`, which keeps tokens out of addresses.
   * @example
   * const url = flowith.auth.oauthUrl({ provider: "github", redirectTo: "https://example.com/back" });
   * @throws InvalidArgumentError
   */
  oauthUrl(options: OAuthOptions = {}): string {
    checkAgainst("auth.oauthUrl", oauthSchema, options);
    return this.#port.oauthUrl(oauthRequest(options));
  }

  /**
   * Begins a sign-in through a provider (PKCE): send the user to `url`; they come back with a `code` for `exchangeCode`
   * or `sessionFromUrl`, which must find the same `verifierStore`. One sign-in at a time: a later one replaces it.
   * @example
   * const { url } = await flowith.auth.signInWithOAuth({ redirectTo: location.href });
   * location.assign(url);
   * @throws InvalidArgumentError; SessionStoreError where `verifierStore` fails
   */
  async signInWithOAuth(options: OAuthCallOptions = {}): Promise<{ url: string }> {
    checkAgainst("auth.signInWithOAuth", oauthCallSchema, options);
    return { url: await this.#grants.run(options, (call) => this.#port.startOAuth(oauthRequest(options), call)) };
  }

  /**
   * Ends a sign-in that `signInWithOAuth` began, and uses and stores its session from now on.
   * @param code single use, valid for 5 minutes
   * @example
   * const session = await flowith.auth.exchangeCode(new URL(request.url).searchParams.get("code") ?? "");
   * @throws AuthenticationError where the code is refused or its sign-in was begun elsewhere; SessionStoreError
   */
  async exchangeCode(code: string, options: CallOptions = {}): Promise<Session> {
    checkText("auth.exchangeCode", "code", code);
    checkCall("auth.exchangeCode", options);
    return this.#signIn("auth.exchangeCode", options, (call) => this.#port.exchangeCode(code, call));
  }

  /**
   * Takes up the session, or the code for one, from the address that the user came back to. Remove it from the address
   * then: a code works once, and a token is a secret.
   * @returns null where the address holds neither
   * @example
   * const session = await flowith.auth.sessionFromUrl(location.href);
   * if (session) history.replaceState(null, "", location.pathname);
   * @throws AuthenticationError where the address says that the sign-in failed, and as `exchangeCode`
   */
  async sessionFromUrl(url: string | URL, options: CallOptions = {}): Promise<Session | null> {
    checkCall("auth.sessionFromUrl", options);
    const found = readCallbackUrl(url);
    if (found === undefined) return null;
    if ("code" in found) return this.exchangeCode(found.code, options);
    return this.#use("auth.sessionFromUrl", options, found.session, {});
  }

  /**
   * Uses and stores a session that was got elsewhere from now on, whosever the last one was: its tokens, or what the web app
   * keeps in `localStorage["sb-…-auth-token"]`, as an object or as the text that a user has copied. Makes no request, unless
   * there is no access token that still serves: then the refresh token is spent at once. Either token will do; without a
   * refresh token the session ends with the access token. The web app's own session ends when its refresh token is spent here.
   * @returns the session, refreshed where it had to be
   * @example
   * const { userId } = await flowith.auth.setSession({ accessToken: token, refreshToken });
   * @throws InvalidArgumentError where there is neither; AuthenticationError where a token is none (with a hint at what was
   * pasted wrongly, and nothing of it), is over or is refused, where the two are of two users, and where a later sign-in or
   * sign-out has ended before; SessionStoreError where the session is in use but not stored
   */
  async setSession(tokens: SessionTokens | WebAppSession | string, options: CallOptions = {}): Promise<Session> {
    checkCall("auth.setSession", options);
    throwIfAborted(options.signal);
    const given = givenSession(tokens);
    const { refreshToken, userId } = given;
    if (!this.#session.seemsOver(given)) {
      return this.#use("auth.setSession", options, given, { isFromElsewhere: true });
    }
    if (refreshToken === undefined) throw outOfDate(given);
    return this.#signIn("auth.setSession", options, (call) => this.#port.refresh(refreshToken, call), { userId });
  }

  /**
   * Refreshes the session now. Without an argument this is rarely needed, since every call does it when it is time; with
   * a refresh token it takes up that token's session, whosever it is. Callers at the same moment share one request, and
   * its options.
   * @example
   * const { expiresAtMs } = await flowith.auth.refresh();
   * @throws AuthenticationError where there is no session, it is refused, or the session's refresh token turns out to be
   * another user's; SessionStoreError
   */
  async refresh(refreshToken?: string, options: CallOptions = {}): Promise<Session> {
    checkCall("auth.refresh", options);
    if (refreshToken === undefined) {
      const refreshed = withinTotal("auth.refresh", options, ({ signal }) =>
        this.#session.forceRefresh({ ...options, signal }),
      );
      return { ...(await refreshed) };
    }
    checkText("auth.refresh", "refreshToken", refreshToken);
    const given = checkedRefreshToken(refreshToken) ?? "";
    return this.#signIn("auth.refresh", options, (call) => this.#port.refresh(given, call), { type: "refreshed" });
  }

  /**
   * Ends the session at the service, and forgets it here and in the store; another user's that the store holds by now
   * stays there, and is not used. Without a session it succeeds. When the service cannot be reached, a `local` session is
   * forgotten all the same, and any other one is kept. A store that does not answer is waited for as long as a request is;
   * a session in use is forgotten here all the same.
   * @example
   * await flowith.auth.logout({ scope: "local" });
   * @throws ConnectionError, TimeoutError, ServerError; SessionStoreError where the store could not be read or cleared
   */
  async logout(options: LogoutOptions = {}): Promise<void> {
    checkAgainst("auth.logout", logoutSchema, options);
    const { scope = "global", ...call } = options;
    const turn = scope === "others" ? 0 : this.#session.takeTurn();
    let failure: { error: unknown } | undefined;
    try {
      await withinTotal("auth.logout", call, async (limited) => {
        const token = await this.#tokenToEnd(limited.signal);
        if (token === undefined) return;
        // What the first attempt has ended is over at the next one, which is an end like any other.
        await this.#calls.run(limited, (portCall) => this.#port.signOut(token, scope, portCall), { repeat: "safe" });
      });
    } catch (error) {
      // A session that is over already needs no end; the others of a user do.
      const isOver = AuthenticationError.is(error) || NotFoundError.is(error);
      if (scope === "others" || (!isOver && scope === "global")) throw error;
      if (!isOver) failure = { error };
    }
    if (scope !== "others") await this.#forget(turn, call.timeout);
    if (failure !== undefined) throw failure.error;
  }

  /**
   * Calls back after each change of the session, when it is saved and in use; of a change by another tab or process at once
   * where the `store` tells of it (`subscribe`, as web storage does), else at the next call.
   * @returns what ends it
   * @example
   * const stop = flowith.auth.onChange(({ type, session }) => show(type, session?.userId));
   */
  onChange(listener: SessionListener): () => void {
    return this.#session.changes.add(listener);
  }

  #signIn(
    what: string,
    options: CallOptions,
    grant: (call: PortCall) => Promise<unknown>,
    { type, userId = "" }: Pick<SignIn, "type"> & { userId?: string } = {},
  ): Promise<Session> {
    const turn = this.#session.takeTurn();
    return withinTotal(what, options, async (limited) => {
      // A code or refresh token works once, and each password makes a session of its own.
      const answer = await refusedAsAuthentication(this.#grants.run(limited, grant, { repeat: "billed" }));
      const session = parseSession(answer, "POST /auth/v1/token");
      if (areTwoUsers(session.userId, userId)) throw ofAnotherUser();
      await this.#session.signIn(session, { type, turn, signal: limited.signal });
      return { ...session };
    });
  }

  async #use(what: string, options: CallOptions, session: Session, how: SignIn): Promise<Session> {
    await withinTotal(what, options, ({ signal }) => this.#session.signIn(session, { ...how, signal }));
    return { ...session };
  }

  /** Its limit is one of its own: what the service took of the time is no reason to leave the session in the store. */
  async #forget(turn: number, timeout: CallOptions["timeout"]): Promise<void> {
    const limit = deadline("auth.logout");
    limit.start("total", limitsOf("request", timeout).totalMs);
    try {
      await this.#session.signOut(turn, limit.signal);
    } finally {
      limit.release();
    }
  }

  async #tokenToEnd(signal: AbortSignal | undefined): Promise<string | undefined> {
    try {
      return (await this.#session.find(signal)) && (await this.#session.accessToken(signal));
    } catch (error) {
      // A store that fails is no reason to stay signed in. What is broken in it is about to be cleared.
      if (!SessionStoreError.is(error)) throw error;
      return (await this.#session.find(signal).catch(() => undefined))?.accessToken;
    }
  }
}
