import { Flowith, FlowithError, RateLimitError, TimeoutError } from "flowith-webapi";

try {
  await Flowith.fromEnv().generate("Tell me everything.", { timeout: { totalMs: 100 } });
} catch (error) {
  if (RateLimitError.is(error)) console.log("again in", error.retryAfterMs, "ms");
  else if (TimeoutError.is(error)) console.log(error.phase, "limit; so far:", error.partial);
  else if (FlowithError.is(error)) console.log(error.code, error.message);
  else throw error;
}
