/**
 * A Response whose text is there already, for the clients of Supabase, which ask for `text()` or `json()` and nothing else.
 * A body that is made of the text, to be read back to a text, costs more than all else of handing an answer on.
 */
export function readResponse(text: string, init: ResponseInit): Response {
  return Object.assign(new Response(null, init), {
    text: async () => text,
    json: async (): Promise<unknown> => JSON.parse(text),
  });
}
