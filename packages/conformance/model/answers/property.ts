import { inspect } from "node:util";
import * as fc from "fast-check";
import { Flowith, FlowithError } from "flowith-webapi";
import { replay } from "../replay.ts";
import { accessToken } from "../service/access-token.ts";
import { answeringFetch } from "./answering-fetch.ts";
import { ECHO, type RandomAnswer, randomAnswer } from "./random-answer.ts";
import { type Arguments, verbs } from "./verbs.ts";
import { isOurs, wrongCall } from "./wrong-arguments.ts";

interface Trial extends Omit<Arguments, "password"> {
  verb: string;
  answers: RandomAnswer[];
  abortAfterMs: number | undefined;
}

const REFRESH_TOKEN = "qwertyuiopas";
const PASSWORD = "zxcvbnmasdfg";
const REASON = { why: "the caller's own reason" };

const odd = fc.oneof(
  fc.constantFrom("Hello", "", " ", "\0", "a\0b", "\ud83d", "[x](y)", "data:,x", "../x", "\u2028"),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)), maxLength: 10 }),
);

const options = fc.oneof(
  { arbitrary: fc.constant({}), weight: 4 },
  fc.record(
    {
      system: odd,
      messages: fc.oneof(fc.array(fc.record({ role: fc.constantFrom("user", "robot"), content: odd })), odd),
      extraBody: fc.oneof(fc.dictionary(odd, fc.anything({ withBigInt: true, withDate: true }), { maxKeys: 3 }), odd),
      model: odd,
      convId: odd,
      headers: fc.dictionary(odd, odd, { maxKeys: 2 }),
      images: fc.anything({ maxDepth: 1 }),
      timeout: fc.constantFrom<unknown>({ totalMs: 5 }, { totalMs: "x" }, 7, null),
      unknown: fc.anything(),
    },
    { requiredKeys: [] },
  ),
);

const trial: fc.Arbitrary<Trial> = fc.record({
  verb: fc.constantFrom(...Object.keys(verbs)),
  text: odd,
  id: fc.oneof({ arbitrary: fc.constant("0b6e7ac6-0a60-4b0b-8c0b-1f1f5f0e7b11"), weight: 3 }, odd),
  options,
  answers: fc.array(randomAnswer, { minLength: 1, maxLength: 5 }),
  abortAfterMs: fc.option(fc.constantFrom(0, 2), { nil: undefined, freq: 6 }),
});

const empty: RandomAnswer = { kind: "answer", status: 200, headers: {}, body: "", breaks: false };
const given = { text: "a", id: "", options: {}, abortAfterMs: undefined };
/** What random trials have found: tried first in each run. */
const found: Trial[] = [
  // The service gives the token as the id of a new conversation.
  { ...given, verb: "generateImage", answers: [empty, empty, { ...empty, body: `[{"id":"no such ${ECHO}."}]` }] },
];

/** Nothing but an error of ours, the caller's reason, or what the caller's own `fetch` threw; and no secret in anything. */
async function holds({ verb, answers, abortAfterMs, ...given }: Trial): Promise<void> {
  const lines: unknown[][] = [];
  const log = (...line: unknown[]): void => void lines.push(line);
  const { fetch, secrets } = answeringFetch(answers);
  const kept = new Map<string, string>();
  const flowith = new Flowith({
    token: accessToken(),
    refreshToken: REFRESH_TOKEN,
    fetch,
    maxRetries: 0,
    timeout: { totalMs: 15 },
    events: { lingerMs: 0, minDelayMs: 1, maxDelayMs: 2, quietMs: { text: 2, media: 2 } },
    logger: { debug: log, info: log, warn: log, error: log },
    logLevel: "debug",
    verifierStore: {
      get: async (key) => kept.get(key) ?? null,
      set: async (key, value) => void kept.set(key, value),
      delete: async (key) => void kept.delete(key),
    },
  });
  const controller = new AbortController();
  const timer = abortAfterMs === undefined ? undefined : setTimeout(() => controller.abort(REASON), abortAfterMs);
  const signal = abortAfterMs === undefined ? {} : { signal: controller.signal };
  const outcome = await Promise.resolve()
    .then(() => verbs[verb]?.(flowith, { ...given, options: { ...given.options, ...signal }, password: PASSWORD }))
    .then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
  clearTimeout(timer);
  flowith.close();
  const shown = lines.flatMap((line) => [inspect(line, { depth: 6 }), JSON.stringify(line)]);
  if (outcome !== undefined) {
    const { error } = outcome;
    const isThrown = answers.some((answer) => answer.kind === "throw" && answer.error === error);
    if (!FlowithError.is(error) && error !== REASON && !isThrown)
      throw new Error(`${verb} rejected with ${inspect(error)}`, { cause: error });
    // What a text job had brought is the caller's, whatever stands in it.
    if (FlowithError.is(error) && error.partial === undefined)
      shown.push(inspect(error, { depth: 6 }), JSON.stringify(error), JSON.stringify({ ...error }), String(error));
  }
  const all = [...secrets, ...[...secrets].flatMap((secret) => secret.split(".")), ...kept.values()];
  for (const secret of all.filter(({ length }) => length >= 12)) {
    const where = shown.find((text) => text.includes(secret));
    if (where !== undefined) throw new Error(`${verb} shows a secret (${secret}): ${where}`);
  }
}

/** @throws with the smallest trial that was found */
export async function answersProperty(numRuns: number): Promise<void> {
  const examples: [Trial][] = found.map((one) => [one]);
  await fc.assert(fc.asyncProperty(trial, holds), { numRuns, examples, ...replay(process.env.ANSWERS_REPLAY) });
}

/** @throws with the smallest call that was found */
export async function argumentsProperty(numRuns: number): Promise<void> {
  await fc.assert(fc.asyncProperty(wrongCall, isOurs), { numRuns, ...replay(process.env.ANSWERS_REPLAY) });
}
