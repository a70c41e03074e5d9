import { randomUUID } from "node:crypto";
import { decodeJwt } from "jose";
import type { Clock } from "../clock.ts";
import type { Database } from "../database/database.ts";
import type { SigningKey } from "../keys/signing-key.ts";
import { type ApiKeys, newApiKey } from "./api-keys.ts";
import { grantSql } from "./credits.ts";

/** A user with a session, ready to be put into a client. */
export interface EmulatorUser {
  id: string;
  email: string;
  token: string;
  refreshToken: string;
  /** For the developer API. It lasts; a session's tokens do not. */
  apiKey: string;
}

/** A user to be made. */
export interface NewUser {
  id?: string | undefined;
  /** Default: a fresh one. */
  email?: string | undefined;
  /** Without one the user signs in with tokens only. */
  password?: string | undefined;
  /** Lifetime of the first access token; the refresh token is not touched. Default: that of the auth server, an hour. */
  expiresInSeconds?: number | undefined;
  /** Default 20000. */
  credits?: number | undefined;
}

/** The id or the address of a user to be made is another's. */
export class UserTakenError extends Error {
  override name = "UserTakenError";
}

const uniqueViolation = "23505";

/** @throws UserTakenError when two of them would be one */
export function checkDistinct(users: readonly NewUser[]): void {
  const names = users.flatMap(({ id, email }) => [id, email]).flatMap((name) => name?.toLowerCase() ?? []);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) throw new UserTakenError(`${twice} is named twice.`);
}

export interface AuthAdmin {
  createUser(user: { id?: string; email: string; password?: string }): Promise<{ id: string; email: string }>;
  createSession(userId: string): Promise<{ access_token: string; refresh_token: string }>;
}

export interface Users {
  create(user?: NewUser): Promise<EmulatorUser>;
  /** The account, profile and credits, without a session. */
  add(user: NewUser): Promise<{ id: string; email: string }>;
  /** A new session for a user that is there. */
  signIn(user: { id: string; email: string }): Promise<EmulatorUser>;
  /** Whether an id is that of the user named by id or email. */
  isUser(userId: string, user: string): boolean;
  /** Names users that were made elsewhere. */
  remember(users: readonly { id: string; email: string | null }[]): void;
  forget(): void;
}

export interface UsersContext {
  auth: AuthAdmin;
  apiKeys: Pick<ApiKeys, "of">;
  database: Database;
  key: SigningKey;
  clock: Clock;
  /** Whether there are profiles and credits to go with an account. */
  isFlowith: boolean;
}

/** An account, and its API key where it was made with one. */
interface Account {
  id: string;
  email: string;
  apiKey?: string;
}

/** Profile, API key and credits. */
const belongingsSql = `
  with profile as (insert into public.user_profile (id, nickname) values ($1::uuid, $6) on conflict do nothing),
  key as (insert into edge.api_key (key, user_id) values ($7, $1::uuid))
  ${grantSql}`;

export function createUsers({ auth, apiKeys, database, key, clock, isFlowith }: UsersContext): Users {
  const emails = new Map<string, string>();

  async function sessionOf({ id, email, apiKey }: Account): Promise<EmulatorUser> {
    const { access_token: token, refresh_token: refreshToken } = await auth.createSession(id);
    emails.set(id, email);
    return { id, email, token, refreshToken, apiKey: apiKey ?? (await apiKeys.of(id)) };
  }

  async function withLifetime(user: EmulatorUser, seconds: number): Promise<EmulatorUser> {
    const nowSeconds = Math.floor(clock.now() / 1000);
    const claims = { ...decodeJwt(user.token), exp: nowSeconds + seconds };
    return { ...user, token: await key.sign(claims) };
  }

  async function add({ id = randomUUID(), email, password, credits: amount }: NewUser): Promise<Account> {
    const account = { id, email: email ?? `user-${id.slice(0, 8)}@example.com` };
    const user = await auth
      .createUser(password === undefined ? account : { ...account, password })
      .catch((error: unknown) => {
        const isTaken = error instanceof Error && "code" in error && error.code === uniqueViolation;
        throw isTaken ? new UserTakenError(`There is a user ${account.email} or ${id} already.`) : error;
      });
    if (!isFlowith) return user;
    const begin = new Date(clock.now()).toISOString();
    const nickname = user.email.split("@")[0];
    const apiKey = newApiKey();
    await database.query(belongingsSql, [user.id, "pro", begin, 365, amount ?? 20_000, nickname, apiKey]);
    return { ...user, apiKey };
  }

  return {
    signIn: ({ id, email }) => sessionOf({ id, email }),
    add,
    async create(wanted = {}) {
      const signedIn = await sessionOf(await add(wanted));
      return wanted.expiresInSeconds === undefined ? signedIn : withLifetime(signedIn, wanted.expiresInSeconds);
    },
    isUser: (userId, user) => userId === user || emails.get(userId) === user,
    remember(users) {
      for (const { id, email } of users) if (email !== null) emails.set(id, email);
    },
    forget: () => emails.clear(),
  };
}
