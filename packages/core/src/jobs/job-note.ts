import * as v from "valibot";
import type { JobHandle, JsonValue } from "../errors/job-handle.ts";
import { defined } from "../options/defined.ts";
import { text, without } from "../options/option-values.ts";
import { jsonValueFault } from "../text/json-value-fault.ts";

/** What a caller notes on a job. It is kept in the handle, and never sent to the service. */
export interface JobNote {
  label?: string | undefined;
  metadata?: JsonValue | undefined;
}

const MOST_CHARACTERS = 200;
const MOST_METADATA_BYTES = 4_096;

const label = v.pipe(text, without(labelFault));
const metadata = v.pipe(v.unknown(), without(metadataFault));

/** The options that make a note. */
export const noteEntries: v.ObjectEntries = { label: v.optional(label), metadata: v.optional(metadata) };

/**
 * A copy of the options of a call, which may begin its job long after, or of a handle that is given away: what is changed in
 * the one is not changed in the other.
 */
export function ownOptions<Options extends JobNote>(options: Options): Options {
  const { metadata } = options;
  return metadata === undefined ? { ...options } : { ...options, metadata: jsonCopy(metadata) };
}

/** The note as a handle keeps it. */
export function noteOf({ label, metadata }: JobNote): JobNote {
  return defined({ label, metadata });
}

/**
 * A copy of a handle that came from outside. A label or metadata that the options would refuse is left out: it must not
 * reach who reads it by its type, nor keep a job from being found that was paid for.
 */
export function withOwnNote<Handle extends JobHandle>(handle: Handle): Handle {
  const own = { ...handle };
  if (!v.is(label, own.label)) delete own.label;
  if (!v.is(metadata, own.metadata)) delete own.metadata;
  return ownOptions(own);
}

function labelFault(value: string): string | undefined {
  // Each character has at most two units: a long text is not counted out for nothing.
  const isLong = value.length > 2 * MOST_CHARACTERS || [...value].length > MOST_CHARACTERS;
  if (isLong) return `Expected at most ${MOST_CHARACTERS} characters`;
  return /\p{Cs}/u.test(value) ? "Expected a text without half a surrogate pair" : undefined;
}

function metadataFault(value: unknown): string | undefined {
  return jsonValueFault(value, MOST_METADATA_BYTES);
}

function jsonCopy(value: JsonValue): JsonValue {
  return JSON.parse(JSON.stringify(value));
}
