import { now } from "../timing/now.ts";
import type { SharedTimer, Sleeper } from "../timing/shared-timer.ts";

const GRACE_MS = 1_000;

/**
 * Posts of jobs that were done before their answers had been read, as happens with nearly every job of a service that is
 * fast. To cut an answer costs its connection, and the next request a new one: so it has a little time to come.
 */
export class LatePosts implements Sleeper {
  readonly #timer: SharedTimer;
  readonly #graceMs: number;
  /** With the time at which they are cut, which for all is as long after they were added: the first is cut first. */
  readonly #posts = new Map<AbortController, number>();
  #reason: DOMException | undefined;

  /** @param lingerMs how long a client may have something under way after its last job */
  constructor(timer: SharedTimer, lingerMs: number) {
    this.#timer = timer;
    this.#graceMs = Math.min(GRACE_MS, lingerMs);
  }

  get wakeAtMs(): number {
    for (const cutAtMs of this.#posts.values()) return cutAtMs;
    return Number.POSITIVE_INFINITY;
  }

  /**
   * The job is done.
   * @param post undefined where its submission is over
   * @param isSent whether there is an answer to wait for; what comes before a post is cut at once
   */
  add(post: AbortController | undefined, isSent: boolean): void {
    if (post === undefined) return;
    if (!isSent || this.#graceMs === 0) {
      this.#cut(post);
      return;
    }
    this.#posts.set(post, now() + this.#graceMs);
    if (this.#posts.size === 1) this.#timer.set(this);
  }

  /** It was answered, or has failed. Does nothing where it is not late. */
  delete(post: AbortController | undefined): void {
    if (post !== undefined && this.#posts.delete(post) && this.#posts.size === 0) this.#timer.delete(this);
  }

  /** With one reason for all, since an exception takes a picture of the stack, and nobody looks at these. */
  #cut(post: AbortController): void {
    this.#reason ??= new DOMException("The job is done.", "AbortError");
    post.abort(this.#reason);
  }

  onTime(nowMs: number): void {
    for (const [post, cutAtMs] of this.#posts) {
      if (cutAtMs > nowMs) break;
      this.#posts.delete(post);
      this.#cut(post);
    }
    if (this.#posts.size > 0) this.#timer.set(this);
  }
}
