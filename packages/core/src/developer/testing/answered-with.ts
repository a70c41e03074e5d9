import type { MediaSaver } from "../../media/save-port.ts";
import { DeveloperClient } from "../developer-client.ts";
import type { DeveloperClientOptions } from "../developer-options.ts";

export const apiKey = "flo_SECRETKEY123";

/** A client whose service answers everything with this: a body as it is, or a value as JSON. */
export function answeredWith(
  answer: unknown,
  options: DeveloperClientOptions = {},
  saver: Partial<MediaSaver> = {},
): { client: DeveloperClient; sent: string[] } {
  const sent: string[] = [];
  const files = { save: () => Promise.reject(new Error("No file is saved here.")), ...saver };
  const isBody = typeof answer === "string" || answer instanceof ReadableStream;
  const client = new DeveloperClient(
    {
      apiKey,
      maxRetries: 0,
      fetch: async (input) => {
        sent.push(String(input));
        return new Response(isBody ? answer : JSON.stringify(answer));
      },
      ...options,
    },
    { files, sharesPromises: true },
  );
  return { client, sent };
}

/** One event of an answer. */
export const event = (value: object): string => `data: ${JSON.stringify(value)}\n`;

/** An event with a piece of the only choice. */
export function piece(delta: object, finish_reason: string | null = null): string {
  return event({ choices: [{ index: 0, delta, finish_reason }] });
}

export const failure = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );
