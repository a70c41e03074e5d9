import type { BackendContext } from "@flowith-webapi/core";

/** The address of one of Supabase's services. */
export function serviceUrl(
  { supabaseUrl }: Pick<BackendContext, "supabaseUrl">,
  service: "auth" | "rest",
  path = "",
): string {
  return `${supabaseUrl.replace(/\/+$/, "")}/${service}/v1${path}`;
}
