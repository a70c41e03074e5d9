import { assert } from "chai";
import {
  errorResponse,
  FlowithError,
  InsufficientCreditsError,
  JobFailedError,
  PermissionError,
  RateLimitError,
  readGeneration,
} from "flowith-webapi";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

async function read(response: Response | Promise<Response>, signal?: AbortSignal): Promise<void> {
  for await (const _ of readGeneration(response, { signal }));
}

/** A response as a page has it from this text. */
function page(text: string, init: ResponseInit = {}, contentType = "text/event-stream"): Response {
  return new Response(text, { ...init, headers: { "content-type": contentType } });
}

/** A response that says these lines and then nothing more. */
function silent(lines: string): Response {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode(lines)),
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}

/** From a server to a page, as text, and the same for errors. */
export const relayCases: ConformanceCase[] = [
  {
    id: "text: a stream goes through a response and comes out the same",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.script(user, {
        match: "relay",
        fragments: ["<think>a</think>", "One ", "\u2028two", " 京."],
        delayMs: 30,
      });
      for (const direct of [false, true]) {
        const chunks = [];
        const response = await flowith.generateStream("relay", { direct }).toResponse();
        assert.equal(response.status, 200);
        assert.match(response.headers.get("content-type") ?? "", /^text\/event-stream/);
        assert.equal(response.headers.get("cache-control"), "no-cache, no-transform");
        assert.equal(response.headers.get("x-accel-buffering"), "no");
        for await (const chunk of readGeneration(response)) chunks.push(chunk);
        const last = chunks.at(-1);
        assert.deepInclude(last, { text: "One \u2028two 京.", reasoning: "a", isFinal: true });
        assert.equal(chunks.map((chunk) => chunk.textDelta).join(""), last?.text);
        assert.isNotEmpty(last?.convId);
      }
    },
  },
  {
    id: "text: a response is there as soon as the service has taken the job, with a comment at once",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.script(user, { match: "slow", fragments: ["late"], firstEventMs: 60_000 });
      const stream = flowith.generateStream("slow");
      const response = await stream.toResponse();
      assert.lengthOf(await control.journal(user, "POST /completion/async"), 1);
      const body = response.body?.getReader();
      assert.equal(new TextDecoder().decode((await body?.read())?.value), ": \n\n");
      assert.isFalse(stream.isCancelled);
      await body?.cancel();
      assert.isTrue(stream.isCancelled);
      assert.propertyVal(await rejection(stream.output), "name", "AbortError");
      assert.propertyVal(await rejection(stream.toResponse()), "name", "InvalidArgumentError");
    },
  },
  {
    id: "text: what fails before the service took it is a response with its own status, and its own error again",
    async run({ newClient, createClient, control }) {
      const { flowith, user } = await newClient({ maxRetries: 0 });
      for (const direct of [false, true]) {
        const route = direct ? "POST /completion" : "POST /completion/async";
        await control.fault(user, { type: "status", status: 402, route });
        const poor = await flowith.generateStream("Hello", { direct }).toResponse();
        assert.equal(poor.status, 402);
        const error = await rejection(read(poor));
        assert.isTrue(InsufficientCreditsError.is(error));
        assert.deepInclude(error, { status: 402, code: "insufficient_credits" });
        await control.fault(user, { type: "status", status: 429, headers: { "retry-after": "7" }, route });
        const often = await flowith.generateStream("Hello", { direct }).toResponse();
        assert.equal(often.headers.get("retry-after"), "7");
        const late = await rejection(read(often));
        assert.isTrue(RateLimitError.is(late));
        assert.deepInclude(late, { retryAfterMs: 7_000, isRetryable: true });
      }
      const nobody = createClient({});
      assert.equal((await nobody.generateStream("Hello").toResponse()).status, 401);
      const error = await rejection(nobody.generate(" "));
      assert.equal(errorResponse(error).status, 400);
    },
  },
  {
    id: "text: a failure comes through a response in its class, with what had come, and a cut one is a truncation",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.script(user, {
        match: "bad",
        fragments: ["One ", "two"],
        fail: { reason: "provider_error", afterEvents: 1 },
      });
      const failed = await rejection(read(flowith.generateStream("bad").toResponse()));
      assert.isTrue(JobFailedError.is(failed));
      assert.deepInclude(failed, { code: "job_failed", reason: "provider_error", partial: "One " });
      assert.deepInclude(Object(failed).handle, { kind: "text", userId: "" });
      assert.notInclude(JSON.stringify(failed), user.id);
      const cut = page('data: {"textDelta":"half"}\n\n');
      assert.deepInclude(await rejection(read(cut)), { name: "StreamTruncatedError", partial: "half" });
      for (const end of ['data: {"textDelta":" and', "data:", "da"]) {
        const error = await rejection(read(page(`data: {"textDelta":"half"}\n\n${end}`)));
        assert.deepInclude(error, { name: "StreamTruncatedError", partial: "half" }, end);
      }
      const untyped = new Response(': \n\ndata: {"textDelta":"half"}\n\n');
      assert.deepInclude(await rejection(read(untyped)), { name: "StreamTruncatedError", partial: "half" });
    },
  },
  {
    id: "text: what is no such stream is named, in words that know nothing of the sender's account",
    async run() {
      const refused = await rejection(read(page('{"message":"no"}', { status: 403 }, "application/json")));
      assert.isTrue(PermissionError.is(refused));
      assert.match(String(refused), /answered 403: no\.$/);
      for (const status of [401, 402, 403, 500]) {
        const error = String(await rejection(read(page("Sign in", { status }, "text/plain"))));
        assert.match(error, new RegExp(`answered ${status}: Sign in\\.$`));
      }
      const html = "<!doctype html><title>Sign in</title>";
      for (const type of ["text/html", "text/event-stream"]) {
        const error = await rejection(read(page(html, {}, type)));
        assert.propertyVal(error, "name", "ResponseShapeError");
        assert.match(String(error), /holds an HTML page \("Sign in"\) where the events/);
      }
      assert.propertyVal(await rejection(read(page("{}", {}, "application/json"))), "name", "ResponseShapeError");
      const used = page("data: {}");
      await used.text();
      for (const wrong of [used, undefined, "text"]) {
        const error = await rejection(read(wrong as Response));
        assert.propertyVal(error, "name", "InvalidArgumentError");
      }
    },
  },
  {
    id: "text: a reader's own abort is no truncation, with a signal or without one",
    async run() {
      const first = 'data: {"textDelta":"half"}\n\n';
      for (const response of [silent(first), new Promise<Response>(() => undefined)]) {
        const controller = new AbortController();
        const ended = rejection(read(response, controller.signal));
        setTimeout(() => controller.abort("enough"), 20);
        assert.equal(await ended, "enough");
      }
      const aborted = new DOMException("The user left.", "AbortError");
      const broken = (reason: unknown): Response => {
        const body = new ReadableStream({ pull: (controller) => controller.error(reason) });
        return new Response(body, { headers: { "content-type": "text/event-stream" } });
      };
      assert.propertyVal(await rejection(read(broken(aborted))), "name", "AbortError");
      assert.propertyVal(await rejection(read(broken(new TypeError("x")))), "name", "StreamTruncatedError");
      const failure = new TypeError("no network");
      assert.equal(await rejection(read(Promise.reject(failure))), failure);
    },
  },
  {
    id: "text: an error of a call is sent on as a response and made one again",
    async run({ createClient }) {
      const error = await rejection(createClient({}).account.credits());
      const response = errorResponse(error);
      assert.equal(response.status, 401);
      const again = FlowithError.from(await response.json());
      assert.deepEqual(again?.toJSON(), Object(error).toJSON());
      assert.equal(FlowithError.from(error), error);
      for (const other of [undefined, "x", {}, new Error("x"), { name: "TypeError", code: "ENOENT" }])
        assert.isUndefined(FlowithError.from(other));
    },
  },
  {
    id: "text: a request that a framework has refused is sent on with that status, and no other foreign error is",
    async run() {
      const byExpress = Object.assign(new Error("request entity too large"), { status: 413, statusCode: 413 });
      const byFastify = Object.assign(new SyntaxError("Unexpected end of JSON"), { statusCode: 400 });
      const byHono = Object.assign(new Error("who?"), { status: 401, getResponse: () => new Response() });
      for (const [error, status] of [
        [byExpress, 413],
        [byFastify, 400],
        [byHono, 401],
        [Object.assign(new Error("by axios"), { status: 401 }), 500],
        [Object.assign(new Error("no error"), { statusCode: 200 }), 500],
        [Object.assign(new Error("text"), { statusCode: "404" }), 500],
      ] as const) {
        const response = errorResponse(error);
        assert.equal(response.status, status, error.message);
        assert.notInclude(await response.clone().text(), error.message);
        assert.propertyVal(await rejection(read(response)), "status", status);
      }
    },
  },
];
