import * as v from "valibot";

/** A text column; null and absent stay apart. */
export const text: v.GenericSchema<unknown, string | null | undefined> = v.nullish(v.string());

export const flag: v.GenericSchema<unknown, boolean | null | undefined> = v.nullish(v.boolean());

/** A key: uuid or number, always handed over as text. */
export const key: v.GenericSchema<unknown, string> = v.pipe(v.union([v.string(), v.number()]), v.transform(String));

export const optionalKey: v.GenericSchema<unknown, string | null | undefined> = v.nullish(key);

const numeric = v.pipe(
  v.string(),
  v.check((value) => value.trim() !== "" && Number.isFinite(Number(value)), "Expected a number"),
  v.transform(Number),
);

/** A quantity. Postgres sends numbers that a double cannot hold as text, so both forms are read. */
export const quantity: v.GenericSchema<unknown, number | null | undefined> = v.nullish(
  v.union([v.pipe(v.number(), v.finite()), numeric]),
);

/** Texts of a list; what is no list counts as absent, and so the service says nothing about it. */
export const texts: v.GenericSchema<unknown, string[] | undefined> = v.fallback(
  v.optional(v.array(v.pipe(v.union([v.string(), v.number()]), v.transform(String)))),
  undefined,
);
