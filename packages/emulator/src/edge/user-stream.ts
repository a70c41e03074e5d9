import type { ServerResponse } from "node:http";
import type { Channel } from "../events/event-hub.ts";
import { invalid, refusal } from "../http/answers.ts";
import { noiseFrame } from "../streams/frame.ts";
import type { EdgeContext } from "./edge-context.ts";

/** `GET /user_stream/stream` (events of jobs) and `/user_stream/sse` (keepalive and media results). */
export function userStream(
  context: EdgeContext,
  channel: Channel,
  userId: string,
  request: Request,
  outgoing: ServerResponse | undefined,
): Response {
  const asked = new URL(request.url).searchParams.get("user_id");
  if (asked === null) return invalid([{ loc: ["query", "user_id"], msg: "Field required", type: "missing" }]);
  if (asked !== userId) return refusal(403, "user_id is not the user of the token", "forbidden");
  const path = `/user_stream/${channel}`;
  let unsubscribe = (): void => {};
  const connection = context.connections.open({ method: "GET", path, userId }, outgoing, () => unsubscribe());
  if (channel === "sse") connection.send(noiseFrame(`data: ${JSON.stringify({ status: "connected" })}\n\n`));
  unsubscribe = context.hub.subscribe(userId, channel, connection);
  return new Response(connection.body.readable, {
    headers: { "content-type": "text/event-stream", "cache-control": "no-cache", "x-accel-buffering": "no" },
  });
}
