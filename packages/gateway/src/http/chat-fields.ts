import * as v from "valibot";

/** Fields that the chats of all surfaces have. */
export const toolName = v.pipe(
  v.string(),
  v.regex(/^[\w-]{1,128}$/, "A tool's name has 1 to 128 letters (a to z), digits, _ and -"),
);

const TEMPERATURE = "A temperature is a number from 0 to 2";
export const temperature = v.nullish(
  v.pipe(v.number(TEMPERATURE), v.minValue(0, TEMPERATURE), v.maxValue(2, TEMPERATURE)),
);

const TOP_P = "top_p is a number from 0 to 1";
export const topP = v.nullish(v.pipe(v.number(TOP_P), v.minValue(0, TOP_P), v.maxValue(1, TOP_P)));
