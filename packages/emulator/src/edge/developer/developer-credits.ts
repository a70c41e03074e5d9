import { refusal } from "../../http/answers.ts";
import type { EdgeContext } from "../edge-context.ts";

/** What the developer API counts in: so many of its credits are one of the web app's. */
const perCredit = 1_000;

/** What each costs, in the credits of the developer API; image and video as its documentation says. */
export const developerPrices = {
  chat: 1_000,
  search: 1_000,
  image: 40_000,
  video: 350_000,
  music: 60_000,
  "3d": 80_000,
};

/** @returns a refusal where there are too few */
export async function chargeDeveloper(
  { credits }: EdgeContext,
  userId: string,
  what: keyof typeof developerPrices,
): Promise<Response | undefined> {
  const isPaid = await credits.charge(userId, developerPrices[what] / perCredit);
  return isPaid ? undefined : refusal(402, "Insufficient credits", "insufficient_credits");
}

export async function refundDeveloper(
  { credits }: Pick<EdgeContext, "credits">,
  userId: string,
  what: keyof typeof developerPrices,
): Promise<void> {
  await credits.refund(userId, developerPrices[what] / perCredit);
}
