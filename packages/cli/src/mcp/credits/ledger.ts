import type { CostFile } from "./cost-file.ts";
import { CreditLimitError } from "./credit-limit-error.ts";

/** A job under way, as the ledger counts it. */
export interface Ticket {
  /** What its cost depends on: kind, model, and what else it was asked for. */
  readonly what: string;
}

/** What a job cost, where it ran alone; and what is left. Null: not known. */
export interface Credits {
  spent: number | null;
  remaining: number | null;
}

interface KnownCost {
  what: string;
  credits: number;
}

/**
 * Counts what a run of the server spends, by the balance as `maxCredits` of `generateMany` does it; but before each job, and
 * with what the jobs under way will cost as far as that is known. No request tells a price: it is learned by the first job of a
 * kind, and remembered where there is a file for it.
 */
export class Ledger {
  readonly limit: number | undefined;
  readonly #balance: () => Promise<number>;
  readonly #costs: Map<string, number>;
  readonly #file: CostFile | undefined;
  /** All that began since nothing was under way. */
  #batch: Ticket[] = [];
  readonly #underWay = new Set<Ticket>();
  #hasFailed = false;
  #first: number | undefined;
  /** When nothing was under way. */
  #before: number | undefined;
  /** One question, one entry at a time: two jobs must not both take the last credits. */
  #last: Promise<unknown> = Promise.resolve();

  private constructor(
    balance: () => Promise<number>,
    limit: number | undefined,
    file: CostFile | undefined,
    costs: Map<string, number>,
  ) {
    this.#balance = balance;
    this.limit = limit;
    this.#file = file;
    this.#costs = costs;
  }

  /** @param balance asks for what is left to spend */
  static async open(
    balance: () => Promise<number>,
    limit: number | undefined,
    file: CostFile | undefined,
  ): Promise<Ledger> {
    return new Ledger(balance, limit, file, new Map(Object.entries((await file?.load()) ?? {})));
  }

  /** What one of its kind has cost. */
  get costs(): KnownCost[] {
    return [...this.#costs].map(([what, credits]) => ({ what, credits }));
  }

  /** @param remaining as it was just asked for. @returns null where the first balance is not known */
  spent(remaining: number): number | null {
    return this.#first === undefined ? null : Math.max(0, this.#first - remaining);
  }

  costOf(what: string): number | undefined {
    return this.#costs.get(what);
  }

  /**
   * Before a job is posted.
   * @param most what the caller lets it cost
   * @throws CreditLimitError; with a limit also what asking for the balance throws, since nothing can be counted then
   */
  enter(what: string, most?: number): Promise<Ticket> {
    return this.#next(async () => {
      if (most !== undefined) this.#checkCost(what, most);
      const now = await this.#ask();
      if (this.limit !== undefined) this.#check(this.limit, what, now ?? 0);
      const ticket: Ticket = { what };
      if (this.#underWay.size === 0) {
        this.#before = now;
        this.#batch = [];
        this.#hasFailed = false;
      }
      this.#batch.push(ticket);
      this.#underWay.add(ticket);
      return ticket;
    });
  }

  /** When the job has ended. Never rejects. */
  leave(ticket: Ticket, isDone: boolean): Promise<Credits> {
    return this.#next(async () => {
      this.#underWay.delete(ticket);
      if (!isDone) this.#hasFailed = true;
      const remaining = (await this.#ask().catch(() => undefined)) ?? null;
      if (this.#underWay.size > 0 || remaining === null || this.#before === undefined)
        return { spent: null, remaining };
      const spent = Math.max(0, this.#before - remaining);
      if (!this.#hasFailed && this.#batch.every(({ what }) => what === ticket.what))
        await this.#learn(ticket.what, spent / this.#batch.length);
      return { spent: this.#batch.length === 1 ? spent : null, remaining };
    });
  }

  async #learn(what: string, cost: number): Promise<void> {
    if (this.#costs.get(what) === cost) return;
    this.#costs.set(what, cost);
    await this.#file?.save(Object.fromEntries(this.#costs));
  }

  /** @returns undefined where it cannot be had and nothing has to be counted */
  async #ask(): Promise<number | undefined> {
    try {
      const balance = await this.#balance();
      this.#first ??= balance;
      return balance;
    } catch (error) {
      if (this.limit !== undefined) throw error;
      return undefined;
    }
  }

  #checkCost(what: string, most: number): void {
    const cost = this.#costs.get(what);
    if (cost === undefined)
      throw new CreditLimitError(
        `What it costs (${what}) is not known, since none has been made yet: nothing was posted.`,
        "Ask the user whether one may be made to find out, and then call without max_credits.",
      );
    if (cost > most)
      throw new CreditLimitError(
        `It costs about ${cost} credits (${what}), and max_credits is ${most}: nothing was posted.`,
        "Choose something cheaper (get_credits tells what has cost how much), or ask the user.",
      );
  }

  #check(limit: number, what: string, now: number): void {
    const spent = this.#first === undefined ? 0 : this.#first - now;
    const cost = this.#costs.get(what);
    const isIdle = this.#underWay.size === 0;
    const before = isIdle ? now : (this.#before ?? now);
    // what is under way may have been charged already, or not yet
    const expected = isIdle ? 0 : this.#batch.reduce((sum, ticket) => sum + (this.#costs.get(ticket.what) ?? 0), 0);
    const counted = Math.max(spent, (this.#first ?? before) - before + expected);
    const left = Math.max(0, limit - counted);
    if (counted >= limit)
      throw new CreditLimitError(
        `The limit of ${limit} credits for this run of the server is reached: nothing was posted.`,
        "Tell the user: only a restart of the server, perhaps with a higher --max-credits, lets more begin.",
      );
    if (cost !== undefined && cost > left)
      throw new CreditLimitError(
        `This would cost about ${cost} credits, and ${left} of the limit of ${limit} are left: nothing was posted.`,
        "Choose something cheaper (get_credits tells what has cost how much), or ask the user.",
      );
    const unknown = [...this.#underWay].find((ticket) => !this.#costs.has(ticket.what));
    if (unknown !== undefined)
      throw new CreditLimitError(
        `What the job under way (${unknown.what}) costs is not known before it ends, and there is a limit of ${limit} credits: nothing was posted.`,
        "Wait for that job by wait_for_job, then call this again. list_jobs tells its id.",
      );
  }

  #next<T>(step: () => Promise<T>): Promise<T> {
    const done = this.#last.then(step);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
