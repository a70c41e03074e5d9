import type { FlowithClientOptions } from "flowith-webapi";
import { ECHO, type RandomAnswer } from "./random-answer.ts";

/** A `fetch` that gives these answers in turn, and repeats in them whatever secret a request held. */
export interface AnsweringFetch {
  fetch: NonNullable<FlowithClientOptions["fetch"]>;
  /** Those that were sent so far. */
  secrets: Set<string>;
}

const secretKeys = ["refresh_token", "password", "auth_code", "code_verifier"];

export function answeringFetch(answers: readonly RandomAnswer[]): AnsweringFetch {
  const secrets = new Set<string>();
  let next = 0;
  return {
    secrets,
    async fetch(input, init) {
      const request = new Request(input instanceof Request ? input : String(input), withDuplex(init));
      const sent = secretsOf(request.headers, await request.clone().text());
      for (const secret of sent) secrets.add(secret);
      const answer = answers[next++ % answers.length];
      if (answer === undefined || answer.kind === "throw") throw answer?.error;
      const echo = (text: string): string => text.replaceAll(ECHO, sent.join(" "));
      const headers = new Headers();
      for (const [name, value] of Object.entries(answer.headers)) headers.set(name, echo(value));
      const hasBody = ![204, 205, 304].includes(answer.status);
      return new Response(hasBody ? bodyOf(echo(answer.body), answer.breaks) : null, {
        status: answer.status,
        headers,
      });
    },
  };
}

function withDuplex(init: RequestInit | undefined): RequestInit {
  return Object.assign({ duplex: "half" }, init);
}

function secretsOf(headers: Headers, body: string): string[] {
  const authorization = headers.get("authorization")?.replace(/^Bearer /, "");
  let fields: unknown;
  try {
    fields = JSON.parse(body);
  } catch {
    fields = undefined;
  }
  const values = secretKeys.map((key) =>
    typeof fields === "object" && fields !== null ? Reflect.get(fields, key) : undefined,
  );
  return [authorization, ...values].filter((value): value is string => typeof value === "string" && value !== "");
}

function bodyOf(text: string, breaks: boolean): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  return new ReadableStream({
    start(controller) {
      if (bytes.byteLength > 0) controller.enqueue(bytes);
      if (breaks) controller.error(new TypeError("terminated"));
      else controller.close();
    },
  });
}
