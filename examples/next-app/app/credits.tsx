import { connection } from "next/server";
import { flowith } from "../flowith";
import { inWords } from "./in-words";

export async function Credits() {
  await connection(); // for each visit, not once at build time
  const words = await flowith.account.balance().then(({ remainQuota }) => `${remainQuota} credits are left.`, inWords);
  return <p>{words}</p>;
}
