import { InvalidArgumentError } from "flowith-webapi";
import { describe, expect, it } from "vitest";
import { createGateway } from "./create-gateway.ts";

/** As a program without types gives them. */
const create = (options: unknown): unknown => Reflect.apply(createGateway, undefined, [options]);

describe("an option", () => {
  it.each([
    [{ maxClient: 1 }, '"maxClient": there is no such option'],
    [{ toolBridge: "yes" }, '"toolBridge"'],
    [{ maxBodyBytes: 0 }, '"maxBodyBytes"'],
    [{ clientIdleMs: -1 }, '"clientIdleMs"'],
    [{ keepAliveMs: "15s" }, '"keepAliveMs"'],
    [{ requestsPerMinute: -1 }, '"requestsPerMinute"'],
    [{ requestTimeoutMs: Number.NaN }, '"requestTimeoutMs"'],
    [{ authenticate: "key" }, '"authenticate"'],
    [{ corsOrigins: "https://app.test" }, '"corsOrigins"'],
    [{ corsOrigins: ["app.test"] }, '"corsOrigins.0"'],
    [{ passThroughOrigins: ["*"] }, '"passThroughOrigins.0"'],
    [{ passThroughOrigins: ["https://app.test/"] }, '"passThroughOrigins.0"'],
    [{ passThroughOrigins: ["null"] }, '"passThroughOrigins.0"'],
    [{ flowith: { token: "t" } }, '"flowith.token": The sign-in'],
    [{ flowith: { edgeURL: "https://edge.test" } }, "edgeURL"],
    [null, "createGateway"],
    ["options", "createGateway"],
  ])("%j is refused", (options, words) => {
    expect(() => create(options)).toThrow(InvalidArgumentError);
    expect(() => create(options)).toThrow(words);
  });

  it.each([undefined, {}, { maxConcurrent: 0, direct: undefined, corsOrigins: ["*"], flowith: undefined }])(
    "%j is taken",
    (options) => {
      expect(() => create(options)).not.toThrow();
    },
  );
});
