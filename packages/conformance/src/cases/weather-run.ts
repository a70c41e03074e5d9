import { assert } from "chai";
import type {
  FlowithClient,
  FlowithClientOptions,
  GenerateOptions,
  GenerationChunk,
  GenerationOutput,
} from "flowith-webapi";
import { type BrokenFetch, brokenFetch } from "../broken-fetch.ts";
import type { CaseContext } from "../conformance-case.ts";
import type { Control, TestUser } from "../control.ts";

/** A client whose requests, answers and listeners are counted. */
export interface Weather {
  flowith: FlowithClient;
  user: TestUser;
  control: Control;
  wire: BrokenFetch;
  /** Whether the event connection outlives the jobs of the case. */
  lingers: boolean;
}

export interface Reading {
  chunks: GenerationChunk[];
  /** The joined deltas. */
  joined: string;
  elapsedMs: number;
}

const ROWS = "/rest/v1/flow_node";

/** How long past its limit a call may end. */
const GRACE_MS = 500;

export async function weather(
  { newClient, control }: CaseContext,
  options: FlowithClientOptions = {},
  spoil?: Parameters<typeof brokenFetch>[0],
): Promise<Weather> {
  const wire = brokenFetch(spoil);
  const events = { lingerMs: 0, minDelayMs: 0, maxDelayMs: 0, ...options.events };
  const made = await newClient({ fetch: wire.fetch, ...options, events });
  return { ...made, control, wire, lingers: (options.events?.lingerMs ?? 0) > 0 };
}

/** Reads a text to its end, and checks what holds for every one. */
export async function readText(
  sky: Weather,
  prompt: string,
  options: GenerateOptions = {},
  onFirst?: (chunk: GenerationChunk) => Promise<void>,
): Promise<Reading & { output: GenerationOutput }> {
  const { reading, outcome } = await attempt(sky, prompt, options, onFirst);
  if ("error" in outcome) throw outcome.error;
  const last = reading.chunks.at(-1);
  assert.equal(last?.text, outcome.output.text);
  assert.equal(last?.reasoning, outcome.output.reasoning);
  if (last?.isRevised === false) assert.equal(reading.joined, outcome.output.text);
  assert.equal(reading.chunks.filter((chunk) => chunk.isFinal).length, 1);
  return { ...reading, output: outcome.output };
}

/** Reads a text that is to fail, and checks what holds for every failure. */
export async function failText(
  sky: Weather,
  prompt: string,
  options: GenerateOptions = {},
  onFirst?: (chunk: GenerationChunk) => Promise<void>,
): Promise<Reading & { error: unknown }> {
  const { reading, outcome } = await attempt(sky, prompt, options, onFirst);
  if ("output" in outcome) throw new Error(`expected a failure, but it became ${JSON.stringify(outcome.output)}`);
  const { error } = outcome;
  assert.nestedPropertyVal(error, "handle.userId", sky.user.id, String(error));
  assert.propertyVal(error, "partial", reading.joined);
  const totalMs = options.timeout?.totalMs;
  if (totalMs !== undefined) assert.isAtMost(reading.elapsedMs, totalMs + GRACE_MS);
  return { ...reading, error };
}

async function attempt(
  sky: Weather,
  prompt: string,
  options: GenerateOptions,
  onFirst: ((chunk: GenerationChunk) => Promise<void>) | undefined,
): Promise<{ reading: Reading; outcome: { output: GenerationOutput } | { error: unknown } }> {
  const watched = watchedSignal();
  const stream = sky.flowith.generateStream(prompt, { signal: watched.signal, ...options });
  const chunks: GenerationChunk[] = [];
  let joined = "";
  const startedAtMs = performance.now();
  const read = async (): Promise<{ output: GenerationOutput }> => {
    for await (const chunk of stream) {
      joined += chunk.textDelta;
      if (!chunk.isRevised) assert.equal(chunk.text, joined);
      if (chunks.push(chunk) === 1) await onFirst?.(chunk);
    }
    return { output: await stream.output };
  };
  const outcome = await read().catch((error: unknown) => ({ error }));
  const elapsedMs = performance.now() - startedAtMs;
  if (!sky.lingers) await nothingLeft(sky.wire);
  assert.equal(watched.listeners(), 0, "listeners left on the caller's signal");
  return { reading: { chunks, joined, elapsedMs }, outcome };
}

/** Waits, but not long, until the last answer's body is closed: cancelling takes a turn or two of the loop. */
export async function nothingLeft(wire: BrokenFetch): Promise<void> {
  const untilMs = performance.now() + GRACE_MS;
  while (wire.openBodies().length > 0 && performance.now() < untilMs) await pause(5);
  assert.isEmpty(wire.openBodies(), "answers left open");
}

/** Resolves when the client has asked for rows again, and has its answer. */
export async function rowsAsked({ wire }: Weather): Promise<void> {
  const asked = (): number => wire.sent.filter(({ method, path }) => method === "GET" && path === ROWS).length;
  const before = asked();
  while (asked() === before || wire.openBodies().includes(ROWS)) await pause(10);
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** A signal that knows how many listen to it. */
export function watchedSignal(): { signal: AbortSignal; listeners(): number } {
  const { signal } = new AbortController();
  let listeners = 0;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  Object.defineProperties(signal, {
    addEventListener: {
      value: (...args: Parameters<typeof add>) => {
        listeners++;
        add(...args);
      },
    },
    removeEventListener: {
      value: (...args: Parameters<typeof remove>) => {
        listeners--;
        remove(...args);
      },
    },
  });
  return { signal, listeners: () => listeners };
}

/** Breaks the user's open event stream, and lets the next ones be. */
export function cutNow({ control, user }: Weather, route: string = "/user_stream/stream"): Promise<unknown> {
  return control.fault(user, { type: "cut", afterEvents: 0, route });
}

/** Writes a node's `data` as the service would. */
export async function writeRow({ control, user }: Weather, nodeId: string, data: unknown): Promise<void> {
  const { supabaseUrl, supabaseKey } = await control.addresses();
  const response = await fetch(`${supabaseUrl}/rest/v1/flow_node?id=eq.${nodeId}`, {
    method: "PATCH",
    headers: {
      apikey: supabaseKey,
      authorization: `Bearer ${user.token}`,
      "content-type": "application/json",
      prefer: "return=representation",
    },
    body: JSON.stringify({ data }),
  });
  const rows: unknown = await response.json();
  assert.isTrue(response.ok && Array.isArray(rows) && rows.length === 1, `the row was not written: ${response.status}`);
}
