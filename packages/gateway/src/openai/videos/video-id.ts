import * as v from "valibot";
import { fromBase64Url, toBase64Url } from "../../base64url.ts";
import { GatewayError } from "../../errors.ts";

const START = "video_";

/** What an id says: it is the SDK's handle, so that any process finds the clip, and what was asked for. No prompt. */
const idParts = v.object({
  handle: v.looseObject({ kind: v.literal("video"), model: v.string(), createdAtMs: v.number() }),
  seconds: v.nullish(v.string()),
  size: v.nullish(v.string()),
});

export type VideoParts = v.InferOutput<typeof idParts>;

export function videoId(parts: { handle: object; seconds?: string | undefined; size?: string | undefined }): string {
  return START + toBase64Url(JSON.stringify(parts));
}

/** @throws GatewayError 404 for what is no id of `videoId` */
export function videoParts(id: string): VideoParts {
  const text = id.startsWith(START) ? fromBase64Url(id.slice(START.length)) : undefined;
  const result = v.safeParse(idParts, parsed(text ?? ""));
  if (result.success) return result.output;
  throw unknownVideo();
}

/** Ids are long, and those who send a wrong one know it. */
export function unknownVideo(): GatewayError {
  const message = "There is no such video, or it belongs to another account or kind of API key.";
  return new GatewayError({ status: 404, code: "video_not_found", message, param: "video_id" });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
