import { excerpt } from "./excerpt.ts";

/** What is wrong, and where: the path from the value that was given. */
interface Fault {
  what: string;
  path: string;
}

interface Walk {
  leftBytes: number;
  /** The objects that hold what is looked at. */
  readonly above: Set<object>;
}

const HALF_A_PAIR = "half a surrogate pair";

/**
 * What keeps a value from coming back out of JSON as it was, or within so many bytes of UTF-8, and where; undefined where
 * nothing does. Unlike `JSON.stringify`, which leaves out a function and makes null of NaN without a word.
 */
export function jsonValueFault(value: unknown, mostBytes: number): string | undefined {
  let fault: Fault | undefined;
  try {
    fault = faultOf(value, { leftBytes: mostBytes, above: new Set() });
  } catch {
    return "Expected what JSON can hold, not an object that throws when it is read";
  }
  if (fault === undefined) return undefined;
  if (fault === TOO_LARGE) return `Expected at most ${mostBytes} bytes as JSON`;
  const where = fault.path.replace(/^\./, "");
  return `Expected what JSON can hold, not ${fault.what}${where === "" ? "" : ` at ${excerpt(where)}`}`;
}

/** Has no place: it is the whole that is too large. */
const TOO_LARGE: Fault = { what: "", path: "" };

/** One function for all depths, of which there are no more than half the bytes: so none overflows the stack. */
function faultOf(value: unknown, walk: Walk): Fault | undefined {
  if (typeof value !== "object" || value === null) return leafFault(value, walk);
  const fault = shapeFault(value, walk) ?? taken(2, walk);
  if (fault !== undefined) return fault;
  walk.above.add(value);
  const keys = Array.isArray(value) ? undefined : Object.keys(value);
  const count = Array.isArray(value) ? value.length : (keys?.length ?? 0);
  for (let index = 0; index < count; index++) {
    const key = keys?.[index];
    const fault = (index === 0 ? undefined : taken(1, walk)) ?? (key === undefined ? undefined : keyFault(key, walk));
    if (fault !== undefined) return fault;
    // A hole of a list is undefined.
    const inner = faultOf(Reflect.get(value, key ?? index), walk);
    if (inner !== undefined) return inner === TOO_LARGE ? inner : { ...inner, path: step(key, index) + inner.path };
  }
  walk.above.delete(value);
  return undefined;
}

function leafFault(value: unknown, walk: Walk): Fault | undefined {
  switch (typeof value) {
    case "string":
      return textFault(value, HALF_A_PAIR, walk);
    case "number":
      return Number.isFinite(value) ? taken(JSON.stringify(value).length, walk) : here(String(value));
    case "boolean":
      return taken(String(value).length, walk);
    case "object":
      return taken(4, walk);
    case "undefined":
      return here("undefined");
    default:
      return here(`a ${typeof value}`);
  }
}

function shapeFault(value: object, walk: Walk): Fault | undefined {
  if (walk.above.has(value)) return here("an object that holds itself");
  if (!isPlain(Array.isArray(value) ? Object.getPrototypeOf(value) : value)) return here(instanceOf(value));
  if ("toJSON" in value && typeof value.toJSON === "function") return here("an object with toJSON()");
  const hasSymbol = Object.getOwnPropertySymbols(value).length > 0;
  return hasSymbol ? here("an object with a symbol for a key") : undefined;
}

function keyFault(key: string, walk: Walk): Fault | undefined {
  return textFault(key, `a key with ${HALF_A_PAIR}`, walk) ?? taken(1, walk);
}

function step(key: string | undefined, index: number): string {
  if (key === undefined) return `[${index}]`;
  return /^[\w$]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

function textFault(text: string, half: string, walk: Walk): Fault | undefined {
  // A long one is not looked through for nothing.
  if (text.length > walk.leftBytes) return TOO_LARGE;
  if (/\p{Cs}/u.test(text)) return here(half);
  return taken(new TextEncoder().encode(JSON.stringify(text)).length, walk);
}

function taken(bytes: number, walk: Walk): Fault | undefined {
  walk.leftBytes -= bytes;
  return walk.leftBytes < 0 ? TOO_LARGE : undefined;
}

function here(what: string): Fault {
  return { what, path: "" };
}

/** Also of another realm, such as a frame or a test runner's. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function instanceOf(value: object): string {
  const name: unknown = typeof value.constructor === "function" ? value.constructor.name : undefined;
  return typeof name === "string" && name !== "" ? `an instance of ${excerpt(name)}` : "an instance of a class";
}
