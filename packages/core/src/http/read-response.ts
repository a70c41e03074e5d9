/**
 * A Response whose text is there already, for the clients of Supabase, which ask for `text()` or `json()` and nothing else.
 * A body that is made of the text, to be read back to a text, costs more than all else of handing an answer on.
 */
export function readResponse(text: string, init: ResponseInit): Response {
  // Defined, not assigned: @hono/node-server puts a Response in the place of the global one whose methods are read-only.
  return Object.defineProperties(new Response(null, init), {
    text: { value: async () => text },
    json: { value: async (): Promise<unknown> => JSON.parse(text) },
  });
}
