import { describe, expect, it } from "vitest";
import type { CostFile } from "./cost-file.ts";
import { Ledger } from "./ledger.ts";

/** An account whose jobs cost what the test says. */
class Account {
  balance = 100;
  /** What was written last. */
  kept: Record<string, number> = {};

  open(limit?: number, known: Record<string, number> = {}): Promise<Ledger> {
    const file: CostFile = {
      load: async () => known,
      save: async (costs) => {
        this.kept = costs;
      },
    };
    return Ledger.open(async () => this.balance, limit, file);
  }
}

describe("the ledger", () => {
  it("learns what a job costs where nothing else was under way, and keeps it", async () => {
    const account = new Account();
    const ledger = await account.open();
    const ticket = await ledger.enter("image");
    account.balance -= 10;
    expect(await ledger.leave(ticket, true)).toEqual({ spent: 10, remaining: 90 });
    expect([ledger.costOf("image"), account.kept]).toEqual([10, { image: 10 }]);
  });

  it("learns it of several of a kind, once all have ended, and of each alone nothing", async () => {
    const account = new Account();
    const ledger = await account.open();
    const tickets = [await ledger.enter("image"), await ledger.enter("image")];
    account.balance -= 20;
    const ends = await Promise.all(tickets.map((ticket) => ledger.leave(ticket, true)));
    expect(ends.map(({ spent }) => spent)).toEqual([null, null]);
    expect(ledger.costOf("image")).toBe(10);
  });

  it("learns nothing of different kinds at once, nor of what failed", async () => {
    const account = new Account();
    const ledger = await account.open();
    const tickets = [await ledger.enter("image"), await ledger.enter("video")];
    account.balance -= 110;
    await Promise.all(tickets.map((ticket) => ledger.leave(ticket, true)));
    await ledger.leave(await ledger.enter("text"), false);
    expect([ledger.costs, account.kept]).toEqual([[], {}]);
  });

  it("lets in what fits, also with others under way that were charged already or not yet", async () => {
    for (const isChargedAtOnce of [true, false]) {
      const account = new Account();
      const ledger = await account.open(30, { image: 10 });
      for (let i = 0; i < 3; i++) {
        await ledger.enter("image");
        if (isChargedAtOnce) account.balance -= 10;
      }
      await expect(ledger.enter("image")).rejects.toThrow("limit of 30 credits");
    }
  });

  it("does not let two at once take the last credits", async () => {
    const ledger = await new Account().open(15, { image: 10 });
    const both = await Promise.allSettled([ledger.enter("image"), ledger.enter("image")]);
    expect(both.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  });

  it("lets nothing in beside what costs nobody knows how much, nor over the limit alone", async () => {
    const account = new Account();
    const ledger = await account.open(30, { video: 100 });
    await expect(ledger.enter("video")).rejects.toThrow("about 100 credits, and 30 of the limit of 30");
    const ticket = await ledger.enter("image");
    await expect(ledger.enter("image")).rejects.toThrow("not known before it ends");
    account.balance -= 40;
    await ledger.leave(ticket, true);
    await expect(ledger.enter("text")).rejects.toThrow("is reached");
    expect(ledger.spent(account.balance)).toBe(40);
  });

  it("takes the most that one job may cost", async () => {
    const ledger = await new Account().open(undefined, { image: 10 });
    await expect(ledger.enter("image", 9)).rejects.toThrow("about 10 credits");
    await expect(ledger.enter("video", 1_000)).rejects.toThrow("is not known");
    await expect(ledger.enter("image", 10)).resolves.toBeDefined();
  });

  it("goes on without a balance where nothing is limited", async () => {
    const ledger = await Ledger.open(() => Promise.reject(new Error("no balance")), undefined, undefined);
    expect(await ledger.leave(await ledger.enter("text"), true)).toEqual({ spent: null, remaining: null });
    const limited = await Ledger.open(() => Promise.reject(new Error("no balance")), 5, undefined);
    await expect(limited.enter("text")).rejects.toThrow("no balance");
  });
});
