import type { ChatEvent } from "../../backend/chat.ts";
import { GatewayError, type Problem, problemOf } from "../../errors.ts";
import { type OutputEvent, OutputWriter } from "./output-writer.ts";
import { type ResponseBody, responseUsage } from "./response-body.ts";

interface ResponseEventsOptions {
  signal: AbortSignal;
  isStreamed: boolean;
  /** Is told what a stream that has begun tells its client. */
  onFailure: (problem: Problem) => void;
}

/**
 * The events of a response, from `response.created` on, which waits for the model's first word: what fails before it has a
 * status of its own. The last one has the whole response.
 * @throws what ends the answer, but in a stream that has begun, which tells it
 */
export async function* responseEvents(
  started: ResponseBody,
  events: AsyncIterable<ChatEvent>,
  { signal, isStreamed, onFailure }: ResponseEventsOptions,
): AsyncGenerator<OutputEvent & { response?: ResponseBody }, undefined> {
  const writer = new OutputWriter();
  let isBegun = false;
  try {
    for await (const event of events) {
      if (!isBegun) {
        isBegun = true;
        yield { type: "response.created", response: started };
        yield { type: "response.in_progress", response: started };
      }
      if (event.type !== "finish") yield* writer.push(event);
      else {
        const response = ended(started, event);
        yield* writer.end(response.status === "incomplete" ? "incomplete" : "completed", event.revisedText);
        yield { type: `response.${response.status}`, response: { ...response, output: writer.output } };
        return;
      }
    }
  } catch (error) {
    if (signal.aborted) throw error;
    const problem = asInput(await problemOf(error));
    if (!isBegun || !isStreamed) throw problem.param === "input" ? new GatewayError(problem) : error;
    // Before anything is yielded: its client may leave at the first word of it.
    onFailure(problem);
    yield* writer.end("incomplete");
    const { code, message } = problem;
    // In OpenAI's order: clients throw at the first, and those that read on find what had come in the second.
    yield errorEvent(problem);
    yield {
      type: "response.failed",
      response: { ...started, status: "failed", error: { code, message }, output: writer.output },
    };
  }
}

/** Backends know messages, and requests of responses an input. */
function asInput(problem: Problem): Problem {
  if (problem.param !== "messages") return problem;
  return { ...problem, param: "input", message: problem.message.replace(/^messages\b/, "input") };
}

/** In both of the forms that clients know: the fields of the event, and those of an error. */
export function errorEvent({ code, message, param = undefined }: Problem): OutputEvent {
  const fields = { code, message, param: param ?? null };
  return { type: "error", ...fields, error: { type: "server_error", ...fields } };
}

function ended(started: ResponseBody, { reason, model, usage }: Extract<ChatEvent, { type: "finish" }>): ResponseBody {
  const isCut = reason === "length" || reason === "content_filter";
  return {
    ...started,
    model,
    status: isCut ? "incomplete" : "completed",
    incomplete_details: isCut ? { reason: reason === "length" ? "max_output_tokens" : reason } : null,
    usage: responseUsage(usage),
  };
}
