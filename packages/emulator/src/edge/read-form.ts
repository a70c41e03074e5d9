import { invalid, refusal } from "../http/answers.ts";
import type { Read } from "../http/read-body.ts";
import { readBytes } from "../http/read-bytes.ts";

const boundaryLine = /^--([^\r\n]{1,70})\r\n/;

function notMultipart(): Read<FormData> {
  const detail = { loc: ["body"], msg: "Expected multipart/form-data", type: "multipart_invalid" };
  return { ok: false, response: invalid([detail]) };
}

export function tooLarge(): Response {
  return refusal(413, "The file is larger than 20 MB", "file_too_large");
}

/**
 * A multipart body. The published Python client sends one under `application/json`, since its session's header wins over
 * the form's; so the boundary is taken from the first line where the content type does not tell it.
 */
export async function readForm(request: Request, maxBytes: number): Promise<Read<FormData>> {
  const bytes = await readBytes(request, maxBytes);
  if (bytes === undefined) return { ok: false, response: tooLarge() };
  const told = request.headers.get("content-type") ?? "";
  const start = new TextDecoder("latin1").decode(bytes.slice(0, 80));
  const boundary = start.match(boundaryLine)?.[1];
  if (!told.startsWith("multipart/form-data") && boundary === undefined) return notMultipart();
  const type = told.startsWith("multipart/form-data") ? told : `multipart/form-data; boundary=${boundary}`;
  try {
    return { ok: true, value: await new Response(bytes, { headers: { "content-type": type } }).formData() };
  } catch {
    return notMultipart();
  }
}
