import type { Middleware } from "flowith-webapi";
import type { Output } from "./output.ts";

/**
 * Tells a person once that requests are sent again: they would look at a silent terminal for seconds. Programs learn the end
 * alone.
 */
export function retryNote(output: Output): Middleware[] {
  if (!output.showsProgress) return [];
  let isTold = false;
  return [
    async (request, next, { attempt }) => {
      if (attempt > 0 && !isTold) {
        isTold = true;
        output.note(`${new URL(request.url).host} gives no answer that can be used; trying again.`);
      }
      return next(request);
    },
  ];
}
