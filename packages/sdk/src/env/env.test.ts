import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { Session } from "@flowith-webapi/core";
import { Flowith, fileSessionStore } from "flowith-webapi";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withEnv } from "./env.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "flowith-"));
});
afterEach(() => rm(folder, { recursive: true }));

const HOUR_MS = 3_600_000;

/** A session with a token of the right form; the client does not ask who has signed it. */
function sessionOf(userId: string, lifeMs = HOUR_MS): Session {
  const expiresAtMs = Math.round((Date.now() + lifeMs) / 1000) * 1000;
  const claims = Buffer.from(JSON.stringify({ sub: userId, exp: expiresAtMs / 1000 })).toString("base64url");
  return {
    accessToken: `eyJhbGciOiJFUzI1NiJ9.${claims}.c2lnbg`,
    refreshToken: `refresh-${userId}`,
    expiresAtMs,
    userId,
  };
}

async function keep(name: string, session: Session): Promise<string> {
  const file = join(folder, name);
  await fileSessionStore(file).save(session);
  return file;
}

async function sessionBy(env: Record<string, string>, options = {}): Promise<Session | null> {
  const flowith = new Flowith(withEnv((name) => env[name], options));
  const session = await flowith.auth.session();
  flowith.close();
  return session;
}

describe("FLOWITH_SESSION_FILE", () => {
  it("is the path of the session, from the current folder", async () => {
    const file = await keep("session.json", sessionOf("alice"));
    expect(await sessionBy({ FLOWITH_SESSION_FILE: file })).toMatchObject({ userId: "alice" });
    expect(await sessionBy({ FLOWITH_SESSION_FILE: relative(process.cwd(), file) })).toMatchObject({ userId: "alice" });
  });

  it("counts as absent where it is blank", async () => {
    expect(await sessionBy({ FLOWITH_SESSION_FILE: "  " })).toBeNull();
  });

  it("gives way to a store that is passed, and stands where the option is there without a value", async () => {
    const env = { FLOWITH_SESSION_FILE: await keep("alice.json", sessionOf("alice")) };
    const store = fileSessionStore(await keep("bob.json", sessionOf("bob")));
    expect(await sessionBy(env, { store })).toMatchObject({ userId: "bob" });
    expect(await sessionBy(env, { store: undefined })).toMatchObject({ userId: "alice" });
  });

  it("stands beside a token as a store does: the same user's goes first if it lasts longer, another user's takes its place", async () => {
    const FLOWITH_SESSION_FILE = await keep("session.json", sessionOf("alice"));
    const by = (session: Session) => sessionBy({ FLOWITH_SESSION_FILE, FLOWITH_TOKEN: session.accessToken });
    expect(await by(sessionOf("alice", HOUR_MS / 2))).toMatchObject({ refreshToken: "refresh-alice" });
    expect((await by(sessionOf("alice", 2 * HOUR_MS)))?.refreshToken).toBeUndefined();
    expect(await by(sessionOf("bob"))).toMatchObject({ userId: "bob" });
    expect(await fileSessionStore(FLOWITH_SESSION_FILE).load()).toMatchObject({ userId: "bob" });
  });
});
