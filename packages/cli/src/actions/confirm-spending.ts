import type { Context } from "../context/context.ts";
import { confirm } from "../input/confirm.ts";

/** Asks the person before credits are spent. @throws CliError where nobody can be asked; QuietEnd where they say no */
export async function confirmSpending(context: Context, isConfirmed: boolean): Promise<void> {
  if (isConfirmed) return;
  await confirm(context, {
    message: "One short text and one picture in 512 cost some of your credits. Start them?",
    refusal: "Nothing was started. Without --spend no credits are needed.",
    unasked: "--spend costs credits.",
  });
}
