/** What a request has under way: it ends when the client goes away, or when its answer is left. */
export interface Work {
  signal: AbortSignal;
  abort(): void;
}

export function workOf(request: Request): Work {
  const controller = new AbortController();
  return {
    signal: AbortSignal.any([request.signal, controller.signal]),
    abort: () => controller.abort(),
  };
}
