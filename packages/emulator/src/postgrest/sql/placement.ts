import type { PlannedOrder } from "../plan/read-plan.ts";
import { empty, type Fragment, sql } from "./fragment.ts";

const directions = { asc: sql` asc`, desc: sql` desc` } as const;
const nullsPlacements = { nullsfirst: sql` nulls first`, nullslast: sql` nulls last` } as const;

/** What follows a column in `order by`. */
export function placementSql({ direction, nulls }: Pick<PlannedOrder, "direction" | "nulls">): Fragment {
  const way = direction === undefined ? empty : directions[direction];
  const where = nulls === undefined ? empty : nullsPlacements[nulls];
  return sql`${way}${where}`;
}
