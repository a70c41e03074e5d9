import type { GeneratedMedia } from "flowith-webapi";
import type { Context } from "hono";
import { encodeBase64 } from "hono/utils/encode";
import type { GivenPicture } from "../../backend/pictures.ts";
import { problemOf } from "../../errors.ts";
import type { GatewayEnv } from "../../gateway-env.ts";
import { formBody } from "../../http/form-body.ts";
import { ignoredHeader } from "../../http/ignored.ts";
import { isJson, jsonBody } from "../../http/json-body.ts";
import { type SseMessage, sseResponse } from "../../http/sse.ts";
import { workOf } from "../../http/work.ts";
import type { RouteParts } from "../../route-parts.ts";
import { fileUrl } from "../files/file-id.ts";
import { openai } from "../surface.ts";
import { editFormRequest, editJsonRequest, type GenerationRequest, generationRequest } from "./request-schemas.ts";

type Handler = (context: Context<GatewayEnv>) => Promise<Response>;

/** `POST /v1/images/generations`. */
export function generateImages(parts: RouteParts): Handler {
  return async (context) => {
    const { value, unknownFields } = await jsonBody(context, generationRequest);
    return answer(context, { ...value, type: "image_generation", given: [], unknownFields, ...parts });
  };
}

/** `POST /v1/images/edits`, by a form with files, or by JSON with addresses and ids. */
export function editImages(parts: RouteParts): Handler {
  return async (context) => {
    if (isJson(context)) {
      const { value, unknownFields } = await jsonBody(context, editJsonRequest);
      const given = value.images.map((image) => ("image_url" in image ? image.image_url : fileUrl(image.file_id)));
      return answer(context, { ...value, type: "image_edit", given, unknownFields, ...parts });
    }
    const { value, unknownFields } = await formBody(context, editFormRequest);
    return answer(context, { ...value, type: "image_edit", given: value.image, unknownFields, ...parts });
  };
}

interface Asked extends GenerationRequest, Pick<RouteParts, "keepAliveMs" | "modelNames"> {
  type: "image_generation" | "image_edit";
  given: readonly GivenPicture[];
  unknownFields: string[];
}

async function answer(context: Context<GatewayEnv>, asked: Asked): Promise<Response> {
  const { prompt, model = undefined, size = undefined, n, given, stream, type, keepAliveMs, modelNames } = asked;
  const backend = context.get("backend");
  const work = workOf(context);
  const request = {
    prompt,
    model: model ? modelNames.idOf(model) : undefined,
    size: size ?? undefined,
    count: n ?? 1,
    given,
  };
  const headers = ignoredHeader(asked.unknownFields);
  const created = Math.floor(Date.now() / 1000);
  if (stream === true) {
    const messages = async function* (): AsyncGenerator<SseMessage, undefined> {
      const { media } = await backend.pictures(request, work.signal);
      for (const picture of media) {
        const data = { type: `${type}.completed`, created_at: created, b64_json: await base64(picture, work.signal) };
        yield { event: data.type, data: JSON.stringify(data) };
      }
    };
    const errorMessage = async (error: unknown) =>
      openai.errorMessage(await problemOf(error), context.get("requestId"));
    return sseResponse(messages(), { headers, keepAliveMs, work, errorMessage });
  }
  const { media, missing, taken } = await backend.pictures(request, work.signal);
  const isBase64 = (asked.response_format ?? defaultFormat(model)) === "b64_json";
  const data = await Promise.all(
    media.map(async (picture) => (isBase64 ? { b64_json: await base64(picture, work.signal) } : { url: picture.url })),
  );
  return context.json({ created, data }, 200, {
    ...headers,
    ...(taken === undefined ? {} : { "x-flowith-size": taken }),
    ...(missing === 0 ? {} : { "x-flowith-missing": String(missing) }),
  });
}

/** As OpenAI: its newer models give bytes, and take no word for it. */
function defaultFormat(model: string | null | undefined): "url" | "b64_json" {
  return /^(chatgpt|gpt)-image/.test(model ?? "") ? "b64_json" : "url";
}

async function base64(picture: GeneratedMedia, signal: AbortSignal): Promise<string> {
  const bytes = await picture.bytes({ signal });
  return encodeBase64(new Uint8Array(bytes).buffer);
}
