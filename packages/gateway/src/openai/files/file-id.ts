import { fromBase64Url, toBase64Url } from "../../base64url.ts";
import { GatewayError } from "../../errors.ts";

const START = "file-";

/** A file has no id at Flowith but its address. */
export function fileId(url: string): string {
  return START + toBase64Url(url);
}

/** @throws GatewayError 404 for what is no id of `fileId` */
export function fileUrl(id: string): string {
  const url = id.startsWith(START) ? fromBase64Url(id.slice(START.length)) : undefined;
  if (url !== undefined && /^https?:/.test(url) && URL.canParse(url)) return url;
  throw unknownFile(id);
}

export function unknownFile(id: string): GatewayError {
  const message = `There is no file ${JSON.stringify(id.slice(0, 200))}. GET /v1/files lists all.`;
  return new GatewayError({ status: 404, code: "file_not_found", message, param: "file_id" });
}
