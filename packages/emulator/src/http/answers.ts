/** A JSON answer of the edge API. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });
}

export function refusal(status: number, message: string, code?: string): Response {
  return json(code === undefined ? { message } : { message, code }, status);
}

export interface ValidationDetail {
  loc: (string | number)[];
  msg: string;
  type: string;
}

export function invalid(detail: ValidationDetail[]): Response {
  return json({ detail }, 422);
}

export function notEmulated(request: Request): Response {
  const { pathname } = new URL(request.url);
  return json(
    {
      message: `The emulator does not know ${request.method} ${pathname}. It may exist at the real service; ask for it in an issue of flowith-webapi.`,
      code: "not_emulated",
    },
    501,
  );
}
