import { jsonObject } from "../wire/node-data.ts";
import { isRecord, textOf } from "../wire/parse.ts";
import type { OfferedTools } from "./offered-tools.ts";

/** A call of a tool as far as it has come. */
export interface CallSoFar {
  index: number;
  id: string;
  name: string;
  argumentsText: string;
}

/** What is known of the place that a piece stands at. */
interface Piece {
  call: Record<string, unknown>;
  place: number;
  /** In a whole message each is a call of its own, whatever its id. */
  isWhole: boolean;
  /** The calls that the same delta has had pieces of before. */
  touched: Set<CallSoFar>;
}

/** Joins calls of tools from their pieces. */
export class ToolCallPieces {
  readonly #calls: CallSoFar[] = [];
  readonly #tools: OfferedTools;

  constructor(tools: OfferedTools) {
    this.#tools = tools;
  }

  /** By their index, then as they came. */
  get calls(): CallSoFar[] {
    return [...this.#calls].sort((one, other) => one.index - other.index);
  }

  /** @param message a `delta`, or a whole `message` */
  accept(message: Record<string, unknown>, isWhole: boolean): void {
    const touched = new Set<CallSoFar>();
    for (const [place, call] of callsOf(message).entries()) {
      if (isRecord(call)) touched.add(this.#add({ call, place, isWhole, touched }));
    }
  }

  #add({ call, place, isWhole, touched }: Piece): CallSoFar {
    const part = isRecord(call.function) ? call.function : {};
    const id = textOf(call.id);
    const name = textOf(part.name);
    const argumentsText = argumentsOf(part.arguments);
    const index = typeof call.index === "number" ? call.index : undefined;
    const known = isWhole ? undefined : this.#known({ id, name, argumentsText }, index, touched);
    if (known !== undefined) {
      known.id = known.id === "" ? (id ?? "") : known.id;
      known.name = this.#isRestOfName(known, name) ? known.name + name : (name ?? known.name);
      known.argumentsText = joinedArguments(known.argumentsText, argumentsText);
      return known;
    }
    const begun = {
      index: index ?? (isWhole ? place : this.#calls.length),
      id: id ?? "",
      name: name ?? "",
      argumentsText,
    };
    this.#calls.push(begun);
    return begun;
  }

  /**
   * The call that a piece goes on with. A new id, or another name, begins a new one, also at the index of another: Gemini
   * gives every call the index 0. A new id without a name does not, since some services give each piece an id of its own.
   */
  #known(piece: NamedPiece, index: number | undefined, touched: Set<CallSoFar>): CallSoFar | undefined {
    const here = this.#calls.filter((call) => index === undefined || call.index === index);
    const known = here.findLast((call) => piece.id !== undefined && call.id === piece.id) ?? here.at(-1);
    if (known === undefined) return undefined;
    const isSameId = piece.id === undefined || known.id === "" || piece.id === known.id;
    if (isSameId && !touched.has(known) && this.#isRestOfName(known, piece.name)) return known;
    return isOther(known, piece, touched.has(known)) ? undefined : known;
  }

  /** Some services give the name in pieces too, all of them before the arguments. */
  #isRestOfName({ name, argumentsText }: CallSoFar, rest: string | undefined): boolean {
    return rest !== undefined && name !== "" && argumentsText === "" && this.#tools.isRestOfName(name, rest);
  }
}

interface NamedPiece {
  id: string | undefined;
  name: string | undefined;
  argumentsText: string;
}

/** @param isTouched the same delta has a piece of the call already */
function isOther(call: CallSoFar, { id, name, argumentsText }: NamedPiece, isTouched: boolean): boolean {
  if (name === undefined || call.name === "") return false;
  if (name !== call.name) return true;
  if (id !== undefined && call.id !== "") return id !== call.id;
  // Some services name the tool in every piece: without ids it is another call where the first one is whole already.
  return isTouched || (argumentsText.trimStart().startsWith("{") && jsonObject(call.argumentsText) !== undefined);
}

/** What begins behind a whole object is in its place: some services begin with `{}`, and some send a call once more. */
function joinedArguments(before: string, piece: string): string {
  if (!piece.trimStart().startsWith("{") || jsonObject(before) === undefined) return before + piece;
  return /^\s*\{\s*\}\s*$/.test(piece) ? before : piece;
}

/** With the one of the old field, where there are none in the new one. */
function callsOf({ tool_calls, function_call }: Record<string, unknown>): unknown[] {
  if (Array.isArray(tool_calls) && tool_calls.length > 0) return tool_calls;
  return isRecord(function_call) ? [{ function: function_call }] : [];
}

/** Some services send them parsed. */
function argumentsOf(value: unknown): string {
  if (typeof value === "string") return value;
  return isRecord(value) ? JSON.stringify(value) : "";
}
