import { CannotTell } from "../cannot-tell.ts";
import { type Check, type CheckGroup, once } from "../check.ts";
import { differs, holds, TELL_US, unknown, type Verdict } from "../finding.ts";
import { type Channel, isHeartbeat, type WatchedChannel, watchChannel } from "../http/watch-channel.ts";
import type { PlanOptions } from "../plan.ts";
import { describeShape } from "../shape.ts";

/** As many tell how often they come. */
const ENOUGH_HEARTBEATS = 3;
/** A shorter silence says nothing: two should have come in it. */
const TELLING_WAIT_MS = 10_000;
/** A client that has heard one takes a longer silence for a dead connection (wire 3). */
const LIVENESS_MS = 15_000;

/** Both channels of events, which are watched beside each other: whether they open, stay open and beat. */
export function eventChecks(options: PlanOptions): CheckGroup[] {
  return (["stream", "sse"] as const).map((channel) => ({
    title: `Events on /${channel}`,
    checks: channelChecks(channel, options),
  }));
}

function channelChecks(channel: Channel, { session, waitMs }: PlanOptions): Check[] {
  const opened = once(async (asker, signal) => {
    const { userId } = await session();
    const limit = AbortSignal.any([signal, AbortSignal.timeout(waitMs)]);
    const seen = await watchChannel(asker, {
      channel,
      userId,
      signal: limit,
      onEvent: (_, all) => {
        if (all.filter(isHeartbeat).length >= ENOUGH_HEARTBEATS) seen.stop();
      },
    });
    if (openVerdict(seen).status !== "holds") seen.stop();
    return seen;
  });
  const watched = once(async (asker, signal) => {
    const seen = await opened(asker, signal);
    await seen.over;
    signal.throwIfAborted();
    return seen;
  });
  const opens = `events.${channel}.opens`;
  const waited = `${waitMs / 1_000} s`;
  const own: Check[] = [
    {
      id: opens,
      wire: "3",
      title: `/${channel} opens with the token in a header`,
      needs: ["machine.edge", "session.token"],
      run: async (asker, signal) => openVerdict(await opened(asker, signal)),
    },
    {
      id: `events.${channel}.stays`,
      wire: "3",
      title: `/${channel} stays open`,
      needs: [opens],
      async run(asker, signal) {
        const { end, events, label } = await watched(asker, signal);
        if (end === undefined) return holds();
        const advice = "A proxy may end long answers; the SDK connects again, and asks the rows meanwhile.";
        return differs(`open for ${waited}`, `${label} ${end} after ${events.length} events`, advice);
      },
    },
    {
      id: `events.${channel}.heartbeat`,
      wire: "3",
      title: `/${channel} sends heartbeats`,
      needs: [opens],
      run: async (asker, signal) => beatVerdict(channel, waitMs, await watched(asker, signal)),
    },
  ];
  if (channel === "stream") return own;
  return [
    ...own,
    {
      id: "events.sse.first",
      wire: "3",
      title: '/sse begins with {"status":"connected"}',
      needs: [opens],
      async run(asker, signal) {
        const [first] = (await watched(asker, signal)).events;
        if (first === undefined) throw new CannotTell(`nothing came in ${waited}`);
        if (first.json?.status === "connected") return holds();
        const came = first.json === undefined ? "text that is no JSON" : describeShape(first.json);
        return differs('{ "status": "connected" }', came, "Nothing depends on it; tell us all the same.");
      },
    },
  ];
}

function openVerdict({ status, contentType, headersMs, label }: WatchedChannel): Verdict {
  const expected = "200 text/event-stream";
  if (status === 200 && /^text\/event-stream\b/i.test(contentType)) return holds(`headers after ${headersMs} ms`);
  const advice =
    status === 401 || status === 403
      ? "The token is not taken here: `flowith login`, then again. If others hold, tell us."
      : status >= 500
        ? "The service fails at it: try again later."
        : TELL_US;
  return differs(expected, `${label}: ${status} ${contentType || "without a content type"}`, advice);
}

function beatVerdict(channel: Channel, waitMs: number, { events }: WatchedChannel): Verdict {
  const waited = `${waitMs / 1_000} s`;
  const beats = events.filter(isHeartbeat);
  const [first, second] = beats;
  const last = beats.at(-1);
  if (first === undefined || last === undefined) {
    const advice =
      "The SDK takes a silent connection for a dead one after 60 s: raise `--wait`, and tell us what it says.";
    // only of /sse is it known how often they come
    if (channel === "stream" || waitMs < TELLING_WAIT_MS)
      return unknown(`none in ${waited}`, "Watch longer: `--wait 65`.");
    return differs("one about every 5 s", `none in ${waited}, and ${events.length} other events`, advice);
  }
  if (second === undefined) return holds(`one in ${waited}`);
  const everyMs = (last.atMs - first.atMs) / (beats.length - 1);
  const words = `every ${(everyMs / 1_000).toFixed(1)} s`;
  if (everyMs <= LIVENESS_MS) return holds(words);
  return differs("more often than every 15 s", words, TELL_US);
}
