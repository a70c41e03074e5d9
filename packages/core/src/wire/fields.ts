import * as v from "valibot";

/**
 * A text that is only handed on; null and absent stay apart. One in another form counts as absent, since it is no reason
 * to withhold the rest of a list, and `raw` has it.
 */
export const nullishText: v.GenericSchema<unknown, string | null | undefined> = v.fallback(
  v.nullish(v.string()),
  undefined,
);

/** As {@link nullishText}. */
export const nullishFlag: v.GenericSchema<unknown, boolean | null | undefined> = v.fallback(
  v.nullish(v.boolean()),
  undefined,
);

/** A key: uuid or number, always handed over as text. */
export const key: v.GenericSchema<unknown, string> = v.pipe(v.union([v.string(), v.number()]), v.transform(String));

export const optionalKey: v.GenericSchema<unknown, string | null | undefined> = v.nullish(key);

const numeric = v.pipe(
  v.string(),
  v.check((value) => value.trim() !== "" && Number.isFinite(Number(value)), "Expected a number"),
  v.transform(Number),
);

/**
 * A quantity that is counted with, and so must be one. Postgres sends numbers that a double cannot hold as text, so both
 * forms are read.
 */
export const quantity: v.GenericSchema<unknown, number | null | undefined> = v.nullish(
  v.union([
    v.pipe(
      v.number(),
      v.check((value) => Number.isFinite(value), "Expected a number"),
    ),
    numeric,
  ]),
);

/** Texts of a list; what is no list counts as absent. */
export const texts: v.GenericSchema<unknown, string[] | undefined> = v.fallback(
  v.optional(v.array(v.pipe(v.union([v.string(), v.number()]), v.transform(String)))),
  undefined,
);
