import { AuthenticationError, InsufficientCreditsError, JobFailedError } from "@flowith-webapi/core";
import { expect, it } from "vitest";
import { StartStop } from "./start-stop.ts";

it("asks for no balance without a limit to it, and never stops by itself", async () => {
  const rule = new StartStop({}, () => Promise.reject(new Error("not to be asked")));
  for (let end = 0; end < 20; end++) rule.ended("rejected", true);
  expect(await rule.known()).toBeUndefined();
  expect(rule.signal.aborted).toBe(false);
});

it("asks before the first start and after every fifth end that was paid, one question after the other", async () => {
  const balances = [100, 98, 95, 99];
  let questions = 0;
  const rule = new StartStop({ maxCredits: 5 }, async () => balances[questions++] ?? 0);
  expect(await rule.known()).toBeUndefined();
  expect(questions).toBe(1);
  for (let end = 0; end < 5; end++) rule.ended("fulfilled", false);
  for (let end = 0; end < 4; end++) rule.ended("fulfilled", true);
  await rule.known();
  expect(questions).toBe(1);
  for (let end = 0; end < 6; end++) rule.ended("fulfilled", true);
  expect(await rule.known()).toBe("maxCredits");
  expect(questions).toBe(3);
  for (let end = 0; end < 5; end++) rule.ended("fulfilled", true);
  expect(await rule.known()).toBe("maxCredits");
  expect(questions).toBe(3);
  expect(rule.signal.aborted).toBe(true);
});

it("stops with the error of a balance that cannot be had, also where that is none", async () => {
  const error = new Error("no answer");
  expect(await new StartStop({ maxCredits: 1 }, () => Promise.reject(error)).known()).toBe(error);
  const reason = await new StartStop({ maxCredits: 1 }, () => Promise.reject("text")).known();
  expect(reason).toMatchObject({ message: "The balance cannot be had: text", cause: "text" });
});

it("counts rejections in a row, of all that end", () => {
  const rule = new StartStop({ maxFailuresInARow: 2 }, async () => 0);
  for (const status of ["rejected", "fulfilled", "rejected"] as const) rule.ended(status, false);
  expect(rule.reason).toBeUndefined();
  rule.ended("rejected", true);
  expect(rule.reason).toBe("maxFailuresInARow");
});

it("stops with an error that every later job would meet too, and with no other", () => {
  const answer = { headers: new Headers(), body: undefined };
  const lasting = [
    new InsufficientCreditsError("no credits", { ...answer, status: 402 }),
    new JobFailedError("no credits", { reason: "insufficient_credits" }),
    new AuthenticationError("the session is over", { ...answer, status: 401 }),
  ];
  for (const error of lasting) {
    const rule = new StartStop({}, async () => 0);
    rule.ended("rejected", true, new JobFailedError("this one alone", { reason: "content_policy" }));
    rule.ended("rejected", true, new Error("whatever"));
    expect(rule.reason).toBeUndefined();
    rule.ended("rejected", true, error);
    expect(rule.reason).toBe(error);
    expect(rule.signal.aborted).toBe(true);
  }
});
