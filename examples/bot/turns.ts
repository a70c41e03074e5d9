interface Turn {
  last: Promise<unknown>;
  stop: AbortController;
}

/** What is done for a user: one thing after the other, until they say stop. */
export class Turns {
  readonly #turns = new Map<string, Turn>();

  /** Begins it when what was asked for before has ended, and gives it a signal that `stop` aborts. */
  add(userId: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const turn = this.#turns.get(userId) ?? { last: Promise.resolve(), stop: new AbortController() };
    this.#turns.set(userId, turn);
    const { signal } = turn.stop;
    const done = turn.last.then(() => (signal.aborted ? undefined : work(signal)));
    turn.last = done.catch(() => undefined);
    return done;
  }

  stop(userId: string): void {
    const turn = this.#turns.get(userId);
    if (turn === undefined) return;
    turn.stop.abort();
    turn.stop = new AbortController();
  }
}
