import { InvalidArgumentError, NotFoundError } from "flowith-webapi";
import type { Context } from "hono";
import type * as v from "valibot";
import type { ClipStatus } from "../../backend/clips.ts";
import type { GivenPicture } from "../../backend/pictures.ts";
import { GatewayError } from "../../errors.ts";
import type { GatewayEnv } from "../../gateway-env.ts";
import { formBody } from "../../http/form-body.ts";
import { ignoredHeader } from "../../http/ignored.ts";
import { isJson, jsonBody } from "../../http/json-body.ts";
import { validBody } from "../../http/valid-body.ts";
import { workOf } from "../../http/work.ts";
import type { RouteParts } from "../../route-parts.ts";
import { fileUrl } from "../files/file-id.ts";
import { pageOf, pageQuery } from "../page.ts";
import { videoJsonRequest, videoRequest } from "./request-schema.ts";
import type { StartedVideos } from "./started-videos.ts";
import { videoBody } from "./video-body.ts";
import { unknownVideo, videoId, videoParts } from "./video-id.ts";

type Handler = (context: Context<GatewayEnv>) => Promise<Response>;

/** `POST /v1/videos`. */
export function createVideo({ modelNames }: RouteParts, started: StartedVideos): Handler {
  return async (context) => {
    const { asked, picture, unknownFields } = await videoAsked(context);
    const { clips } = context.get("backend");
    const { model, prompt, seconds, size } = asked;
    const request = {
      prompt,
      model: model ? modelNames.idOf(model) : undefined,
      size: size ?? undefined,
      durationSeconds: seconds ? Number(seconds) : undefined,
      picture,
    };
    const handle = await clips.submit(request, workOf(context).signal);
    const parts = { handle, seconds: seconds ?? undefined, size: size ?? undefined };
    const id = videoId(parts);
    started.add(context.get("accountKey"), id);
    const ignored = clips.ignored.filter((name) => request[name] !== undefined);
    const headers = ignoredHeader([...unknownFields, ...ignored]);
    return context.json({ ...videoBody(id, parts, undefined), prompt }, 200, headers);
  };
}

interface VideoAsked {
  asked: Omit<v.InferOutput<typeof videoJsonRequest>, "input_reference">;
  picture: GivenPicture | undefined;
  unknownFields: string[];
}

/** By a form, as OpenAI's clients send it, or by JSON. */
async function videoAsked(context: Context<GatewayEnv>): Promise<VideoAsked> {
  if (isJson(context)) {
    const { value: asked, unknownFields } = await jsonBody(context, videoJsonRequest);
    const { input_reference: given } = asked;
    const byId = given && "file_id" in given ? fileUrl(given.file_id) : undefined;
    return { asked, picture: given && "image_url" in given ? given.image_url : byId, unknownFields };
  }
  const { value: asked, unknownFields } = await formBody(context, videoRequest);
  const byId = asked["input_reference[file_id]"];
  const byUrl = asked["input_reference[image_url]"] ?? (byId ? fileUrl(byId) : undefined);
  return { asked, picture: asked.input_reference ?? byUrl, unknownFields };
}

/** `GET /v1/videos/:id`. */
export async function retrieveVideo(context: Context<GatewayEnv>): Promise<Response> {
  const id = idOf(context);
  return context.json(videoBody(id, videoParts(id), await statusOf(context, id)));
}

/** `GET /v1/videos`. */
export function listVideos(started: StartedVideos): Handler {
  return async (context) => {
    const { value: query } = validBody(context.req.query(), pageQuery("20"));
    const ids = started.of(context.get("accountKey"));
    const { page, ...rest } = pageOf(ids, query, (id) => id);
    const data = await Promise.all(page.map(async (id) => videoBody(id, videoParts(id), await statusOf(context, id))));
    return context.json({ object: "list", data, ...rest });
  };
}

/** `DELETE /v1/videos/:id`. */
export function deleteVideo(started: StartedVideos): Handler {
  return async (context) => {
    const id = idOf(context);
    const { handle } = videoParts(id);
    const { signal } = workOf(context);
    await known(() => context.get("backend").clips.delete(handle, signal));
    started.delete(context.get("accountKey"), id);
    return context.json({ id, object: "video.deleted", deleted: true });
  };
}

/** `GET /v1/videos/:id/content`, as it is read from the service. */
export async function videoContent(context: Context<GatewayEnv>): Promise<Response> {
  const id = idOf(context);
  const { variant = "video" } = context.req.query();
  if (variant !== "video") {
    const message = "variant: there is the video alone, and neither thumbnail nor spritesheet.";
    throw new GatewayError({ status: 400, code: "invalid_request", message, param: "variant" });
  }
  const { handle } = videoParts(id);
  const { state, reason } = await statusOf(context, id);
  if (state !== "done") {
    const message =
      state === "failed" ? `The video failed: ${reason ?? "without a reason"}` : "The video is not done yet.";
    throw new GatewayError({ status: 409, code: "video_not_ready", message });
  }
  const work = workOf(context);
  const media = await context.get("backend").clips.media(handle, work.signal);
  return new Response(await media.stream({ signal: work.signal }), { headers: { "content-type": "video/mp4" } });
}

function idOf(context: Context<GatewayEnv>): string {
  return context.req.param("id") ?? "";
}

function statusOf(context: Context<GatewayEnv>, id: string): Promise<ClipStatus> {
  const { handle } = videoParts(id);
  return known(() => context.get("backend").clips.status(handle, workOf(context).signal));
}

/** A handle that is not this account's is told as one that is not there. */
async function known<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    if (InvalidArgumentError.is(error) || NotFoundError.is(error)) throw unknownVideo();
    throw error;
  }
}
