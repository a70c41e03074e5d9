import { expect, it } from "vitest";
import { checkedOptions } from "./checked-options.ts";

interface Options {
  size?: number | undefined;
  onResult?: (() => void) | undefined;
  signal?: AbortSignal | undefined;
}

const check = (options: object): Options =>
  checkedOptions<Options>("many", { size: "positiveCount", onResult: "callable", signal: "signal" }, options);

it("gives back options that are right, absent ones included", () => {
  const options = { size: 1, onResult: () => undefined, signal: new AbortController().signal };
  expect(check(options)).toBe(options);
  expect(check({ size: undefined })).toEqual({ size: undefined });
});

it.each([
  [{ size: 0 }, 'many: option "size": Expected a whole number above 0, not 0.'],
  [{ size: 1.5 }, 'many: option "size": Expected a whole number above 0, not 1.5.'],
  [{ size: "3" }, 'many: option "size": Expected a whole number above 0, not string.'],
  [{ onResult: {} }, 'many: option "onResult": Expected a function, not object.'],
  [{ signal: {} }, 'many: option "signal": Expected an AbortSignal.'],
  [{ sise: 1 }, 'many: there is no option "sise". Known options: size, onResult, signal.'],
])("refuses %j before anything is done", (options, message) => {
  expect(() => check(options)).toThrow(message);
});
