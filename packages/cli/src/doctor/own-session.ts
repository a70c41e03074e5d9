import type { Flowith, Session } from "flowith-webapi";
import { CannotTell } from "./cannot-tell.ts";
import { noSession } from "./checks/session.ts";
import type { Redactor } from "./redactor.ts";

/** The session that checks go by: made good once, and from then on the same for all. */
export function ownSession(client: Flowith, redactor: Redactor, signal: AbortSignal): () => Promise<Session> {
  let found: Promise<Session> | undefined;
  const find = async (): Promise<Session> => {
    try {
      if ((await client.auth.session({ signal })) === null) throw noSession("nobody is signed in");
      await client.auth.accessToken({ signal });
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof CannotTell) throw error;
      throw noSession(error instanceof Error ? error.message : String(error));
    }
    const session = await client.auth.session({ signal });
    if (session === null) throw noSession("nobody is signed in");
    redactor.hide(session.accessToken, "[token]");
    redactor.hide(session.refreshToken, "[secret]");
    // the first one: 00000000-0000-4000-8000-000000000001 in every report
    redactor.text(session.userId);
    return session;
  };
  return () => {
    found ??= find();
    return found;
  };
}
