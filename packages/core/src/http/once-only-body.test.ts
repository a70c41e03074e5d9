import { afterEach, expect, it, vi } from "vitest";
import { onceOnlyBody } from "./once-only-body.ts";

afterEach(() => vi.unstubAllGlobals());

it("is a Blob in Deno, which would send bytes a second time, and elsewhere what it is", async () => {
  const bodies = ["text", new TextEncoder().encode("text")];
  expect(bodies.map(onceOnlyBody)).toEqual(bodies);
  vi.stubGlobal("Deno", {});
  for (const body of bodies.map(onceOnlyBody)) {
    expect(body).toBeInstanceOf(Blob);
    expect(await new Response(body).text()).toBe("text");
  }
  const stream = new ReadableStream();
  expect(onceOnlyBody(stream)).toBe(stream);
});
