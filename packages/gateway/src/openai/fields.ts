import * as v from "valibot";

/** Fields that several of OpenAI's requests have. */
export const modelId = v.pipe(v.string(), v.minLength(1, "A model's id is missing"));

export const count = v.pipe(v.number(), v.integer(), v.minValue(1));

export const pictureUrl = v.pipe(
  v.string(),
  v.regex(/^(https?:|data:)/i, "A picture is an http:, https: or data: URL"),
  v.url(),
);

/** Pixels, or `auto`, which says nothing. */
export const size = v.nullish(
  v.pipe(
    v.string(),
    v.regex(
      /^([1-9]\d{1,3}x[1-9]\d{1,3}|auto)$/,
      "A size is pixels such as 1024x1024, from 10 to 9999 a side, or auto",
    ),
    v.transform((value) => (value === "auto" ? undefined : value)),
  ),
);

export const prompt = v.pipe(v.string(), v.minLength(1, "A prompt is missing"));

/** A picture of a form: a file, or an address. */
export const givenPicture = v.union(
  [v.instance(File), pictureUrl],
  "A picture is a file, or an http:, https: or data: URL",
);

/** A word that is taken in any form, and given back. */
export const metadata = v.nullish(v.record(v.string(), v.string()));

/** A text or a list, of which the list says which of its entries is wrong. */
export function textOrList<Entry extends v.GenericSchema>(
  entry: Entry,
  message: string,
): v.GenericSchema<unknown, string | v.InferOutput<Entry>[]> {
  const list = v.array(entry);
  const text = v.string(message);
  return v.lazy(
    (value): v.GenericSchema<unknown, string | v.InferOutput<Entry>[]> => (Array.isArray(value) ? list : text),
  );
}
