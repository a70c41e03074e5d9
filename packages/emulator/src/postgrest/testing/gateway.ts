/** A stand-in for the API-key gateway in front of the hosted service: only its refusals are in the recordings. */
export function refuseWithoutKey(as: string, method: string): Response | undefined {
  if (method === "OPTIONS") return undefined;
  const refusals: Readonly<Record<string, object>> = {
    none: {
      message: "No API key found in request",
      hint: "No `apikey` request header or url param was found.",
    },
    badkey: {
      message: "Invalid API key",
      hint: "Double check your Supabase `anon` or `service_role` API key.",
    },
  };
  const refusal = refusals[as];
  if (refusal === undefined) return undefined;
  return new Response(JSON.stringify(refusal), {
    status: 401,
    headers: { "content-type": "application/json; charset=utf-8" },
  });
}
