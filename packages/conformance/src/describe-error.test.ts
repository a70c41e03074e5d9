import { describe, expect, it } from "vitest";
import { describeError } from "./describe-error.ts";

const frames = {
  V8: "    at run (file:///a.js:1:2)\n    at file:///b.js:3:4",
  SpiderMonkey: "run@http://127.0.0.1/a.js:1:2\n@http://127.0.0.1/b.js:3:4",
  JavaScriptCore: "run@http://127.0.0.1/a.js:1:2\nforEach@[native code]\nmodule code@http://127.0.0.1/b.js:3:4",
};

function thrown(
  stack: string | undefined,
  message: string,
  options?: ErrorOptions,
): RangeError & { stack: string | undefined } {
  return Object.assign(new RangeError(message, options), { stack });
}

describe("an error of V8, whose stack begins with its head", () => {
  it.each(["too large", "expected:\n    at least 2\n", "http://x: refused @ all"])(
    "has the message %j once",
    (message) => {
      const error = thrown(`RangeError: ${message}\n${frames.V8}`, message);
      expect(describeError(error)).toBe(`RangeError: ${message}\n${frames.V8}`);
    },
  );

  it("has the name that it was given later", () => {
    const error = Object.assign(thrown(`Error: late\n${frames.V8}`, "late"), { name: "TimeoutError" });
    expect(describeError(error)).toBe(`TimeoutError: late\n${frames.V8}`);
  });

  it("needs no message", () => {
    expect(describeError(thrown(`RangeError\n${frames.V8}`, ""))).toBe(`RangeError\n${frames.V8}`);
  });

  it("is the stack as it is, where nothing was changed", () => {
    const error = new TypeError("as it is");
    expect(describeError(error)).toBe(error.stack);
  });
});

describe.each(["SpiderMonkey", "JavaScriptCore"] as const)("an error of %s, whose stack is frames only", (engine) => {
  it.each(["too large", "run", "run@http", "expected:\n2"])("has the message %j before them", (message) => {
    const error = thrown(`${frames[engine]}\n`, message);
    expect(describeError(error)).toBe(`RangeError: ${message}\n${frames[engine]}`);
  });

  it("needs no message", () => {
    expect(describeError(thrown(frames[engine], ""))).toBe(`RangeError\n${frames[engine]}`);
  });
});

it("names what caused it, and what caused that", () => {
  const cause = new TypeError("fetch failed", { cause: "no route" });
  const error = thrown(`RangeError: not sent\n${frames.V8}`, "not sent", { cause });
  expect(describeError(error)).toBe(
    `RangeError: not sent\ncaused by TypeError: fetch failed\ncaused by no route\n${frames.V8}`,
  );
});

it("ends where errors cause each other", () => {
  const first = thrown("", "first");
  const second = new TypeError("second", { cause: first });
  first.cause = second;
  expect(describeError(first)).toBe("RangeError: first\ncaused by TypeError: second");
});

it("takes an error without a stack, and what is no error", () => {
  expect(describeError(thrown(undefined, "bare"))).toBe("RangeError: bare");
  expect(describeError("a text")).toBe("a text");
  expect(describeError(undefined)).toBe("undefined");
});
