import { fromBase64Url } from "../base64url.ts";

const JWT = /^([\w-]+)\.([\w-]+)\.[\w-]+$/;

/** Whether a credential has the form of a JWT, as the web app's tokens are; API keys are not. */
export function isSessionToken(credential: string): boolean {
  const [, header = "", claims = ""] = JWT.exec(credential) ?? [];
  return isJsonObject(header) && isJsonObject(claims);
}

function isJsonObject(base64url: string): boolean {
  try {
    const value: unknown = JSON.parse(fromBase64Url(base64url) ?? "");
    return typeof value === "object" && value !== null;
  } catch {
    return false;
  }
}
