import { anthropic } from "./anthropic/surface.ts";
import { type Problem, problemHeaders } from "./errors.ts";
import { openai } from "./openai/surface.ts";
import type { Surface } from "./surface.ts";

/** The first that owns a request gives its errors their shape. */
const surfaces: readonly Surface[] = [anthropic, openai];

/** The answer to a request that failed, in the shape that its client knows. */
export function errorResponseTo(request: Request, problem: Problem, requestId: string): Response {
  const surface = surfaces.find((each) => each.owns(request)) ?? openai;
  const body = JSON.stringify(surface.errorBody(problem, requestId));
  const headers = { "content-type": "application/json", ...problemHeaders(problem) };
  return new Response(body, { status: problem.status, headers });
}
