import type { Context } from "../context/context.ts";
import { oneLine } from "../output/printable.ts";
import { table } from "../output/table.ts";

const number = new Intl.NumberFormat("en-US");

const amount = (value: number | null | undefined): string => (value == null ? "?" : number.format(value));

/** `{ remaining, plan, expiresAt, modelTiers, grants: [{ type, remaining, initial, from, to }] }`, in credits. */
export async function credits(context: Context): Promise<void> {
  const client = await context.client();
  const balance = await client.account.balance({ signal: context.signal });
  const grants = balance.credits.map(({ subType, remainQuota, initQuota, fromDate, toDate }) => ({
    type: subType ?? null,
    remaining: remainQuota ?? null,
    initial: initQuota ?? null,
    from: fromDate ?? null,
    to: toDate ?? null,
  }));
  const { output } = context;
  const found = {
    remaining: balance.remainQuota,
    plan: balance.mainPlan ?? null,
    expiresAt: balance.expiresAt ?? null,
    modelTiers: balance.allowedModelTiers,
    grants,
  };
  await output.result(found, () => {
    const plan = found.plan === null ? "" : ` (${oneLine(found.plan)})`;
    const head = `${output.paint("bold", amount(found.remaining))} credits left${plan}`;
    if (grants.length === 0) return head;
    const rows = table(
      output,
      [
        { title: "grant", value: ({ type }) => type, isFlexible: true },
        { title: "left", value: ({ remaining }) => amount(remaining), align: "right" },
        { title: "of", value: ({ initial }) => amount(initial), align: "right" },
        { title: "until", value: ({ to }) => to?.slice(0, 10) },
      ],
      grants,
    );
    return `${head}\n\n${rows}`;
  });
}
