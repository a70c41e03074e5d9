import type { ServerResponse } from "node:http";
import type { Failure } from "../../model/scripted-reply.ts";
import type { Connection } from "../../streams/connection.ts";
import { endingFrame, type Frame } from "../../streams/frame.ts";
import type { EdgeContext } from "../edge-context.ts";

/** One event of a streamed answer. */
export function dataFrame(value: object | string): Frame {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return { kind: "event", text: `data: ${text}\n\n` };
}

/** A scripted failure as an answer says it. */
export function failureOf({ message = "The provider failed", reason }: Failure): { message: string; type: string } {
  return { message, type: reason };
}

/** An answer in pieces, each of which can be hit by a fault. */
export interface Pieces {
  path: string;
  userId: string;
  contentType: string;
  outgoing: ServerResponse | undefined;
  frames: readonly Frame[];
  firstEventMs: number;
  delayMs: number;
}

/** Sends the pieces one by one. */
export function answerInPieces(context: EdgeContext, pieces: Pieces): Response {
  const { path, userId, contentType, outgoing, frames, firstEventMs, delayMs } = pieces;
  const connection: Connection = context.connections.open({ method: "POST", path, userId }, outgoing);
  context.runner.start(async (jobClock) => {
    await jobClock.pause(firstEventMs);
    for (const frame of frames) {
      if (connection.body.closed) return;
      connection.send(frame);
      await jobClock.pause(delayMs);
    }
    connection.send(endingFrame("end"));
  });
  return new Response(connection.body.readable, { headers: { "content-type": contentType } });
}
