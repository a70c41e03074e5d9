import type { AuthenticationError } from "../errors/authentication-error.ts";
import type { SessionChange, SessionChanges } from "./session-changes.ts";
import { endedMeanwhile, noSession, signedOutElsewhere } from "./session-errors.ts";
import type { Session } from "./session-store.ts";

/** Who is signed in here, and since when. */
export class SessionState {
  readonly changes: SessionChanges;
  #current: Session | undefined;
  /** Who this client acts for, empty while nobody is known. Then only a sign-in changes it: no refresh and no store. */
  #userId = "";
  /** Raised by each sign-in and sign-out: what was begun before one counts no more after it. */
  #epoch = 0;
  #expired: Session | undefined;
  #absence: AuthenticationError | undefined;

  constructor(changes: SessionChanges) {
    this.changes = changes;
  }

  get current(): Session | undefined {
    return this.#current;
  }

  get userId(): string {
    return this.#userId;
  }

  get epoch(): number {
    return this.#epoch;
  }

  /** The session that has expired for good, until another one takes its place. */
  get expired(): Session | undefined {
    return this.#expired;
  }

  /** Whether nobody has signed in or out yet, so that what the client's options say counts. */
  get isAtStart(): boolean {
    return this.#epoch === 0 && this.#expired === undefined;
  }

  /** Why there is no session. */
  get absence(): AuthenticationError {
    return this.#absence ?? noSession();
  }

  /** @throws AuthenticationError where somebody has signed in or out since */
  checkEpoch(epoch: number): void {
    if (epoch !== this.#epoch) throw endedMeanwhile();
  }

  /** From now on the user is known, where none was. */
  name(userId: string): void {
    this.#userId ||= userId;
  }

  /** Begins with a session that is nobody's news. */
  begin(session: Session | undefined): void {
    this.#current = session;
    if (session === undefined) return;
    this.#expired = undefined;
    this.#absence = undefined;
    this.name(session.userId);
  }

  use(session: Session, type: SessionChange["type"]): Session {
    this.begin(session);
    this.changes.note(type, session);
    return session;
  }

  /** A sign-in has begun, or is in force: nothing that was begun before it counts. */
  supersede(): void {
    this.#epoch++;
  }

  /** Whoever it is of. */
  signIn(session: Session, type: SessionChange["type"]): void {
    this.#epoch++;
    this.#userId = session.userId;
    this.use(session, type);
  }

  signOut(absence?: AuthenticationError): void {
    this.#epoch++;
    this.#expired = undefined;
    this.#end("signed-out", absence);
  }

  signOutElsewhere(): AuthenticationError {
    const absence = signedOutElsewhere();
    this.signOut(absence);
    return absence;
  }

  /**
   * No valid token can be had any more. Once for each session: whoever finds the same later changes nothing. A refresh that
   * another request of a Worker has under way may still bring a session.
   */
  expire(session: Session, error: AuthenticationError): void {
    if (this.#current !== session) return;
    this.#expired = session;
    this.#end("expired", error);
    this.changes.tell();
  }

  #end(type: "signed-out" | "expired", absence: AuthenticationError | undefined): void {
    this.#current = undefined;
    this.#absence = absence;
    this.changes.note(type, null);
  }
}
