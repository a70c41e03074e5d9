import type { BackendContext } from "@flowith-webapi/core";

export function authUrl({ supabaseUrl }: Pick<BackendContext, "supabaseUrl">, path = ""): string {
  return `${supabaseUrl.replace(/\/+$/, "")}/auth/v1${path}`;
}
