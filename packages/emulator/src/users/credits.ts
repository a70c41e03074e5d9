import type { Clock } from "../clock.ts";
import type { Database } from "../database/database.ts";

export interface Grant {
  sub_type: string;
  remain_quota: number;
  init_quota: number;
  from_date: string;
  to_date: string;
}

export interface Credits {
  /** Grants that count now, the one that ends first in front. */
  grants(userId: string): Promise<Grant[]>;
  /** Takes credits from the grants that end first; false, and nothing taken, when there are too few. */
  charge(userId: string, amount: number): Promise<boolean>;
  grant(userId: string, type: string, amount: number, days: number): Promise<void>;
  /** Gives back what a failed job had cost. */
  refund(userId: string, amount: number): Promise<void>;
}

const valid = "user_id = $1::uuid and from_date <= $2::timestamptz and to_date > $2::timestamptz";

const chargeSql = `
  with usable as (
    select id, remain_quota, sum(remain_quota) over (order by to_date, id) as running, sum(remain_quota) over () as total
    from public.subscription_user_own where ${valid} and remain_quota > 0
  )
  update public.subscription_user_own own
  set remain_quota = own.remain_quota - least(own.remain_quota, $3::numeric - (usable.running - usable.remain_quota))
  from usable
  where own.id = usable.id and usable.total >= $3::numeric and usable.running - usable.remain_quota < $3::numeric
  returning own.id`;

const refundSql = `
  update public.subscription_user_own set remain_quota = remain_quota + $3::numeric
  where id = (select id from public.subscription_user_own where ${valid} order by to_date desc, id limit 1)`;

/** User, type, begin, days and amount. */
export const grantSql = `
  insert into public.subscription_user_own (user_id, subscription_type, from_date, to_date, remain_quota)
  values ($1::uuid, $2, $3::timestamptz, $3::timestamptz + make_interval(days => $4::int), $5::numeric)`;

export function createCredits(database: Database, clock: Clock): Credits {
  const now = (): string => new Date(clock.now()).toISOString();
  return {
    async grants(userId) {
      const { rows } = await database.query<Grant>(
        `select t.id as sub_type, o.remain_quota::float8 as remain_quota, t.quota::float8 as init_quota,
           to_json(o.from_date) #>> '{}' as from_date, to_json(o.to_date) #>> '{}' as to_date
         from public.subscription_user_own o join public.subscription_type t on t.id = o.subscription_type
         where ${valid} order by o.to_date, o.id`,
        [userId, now()],
      );
      return rows;
    },
    async charge(userId, amount) {
      if (amount === 0) return true;
      return (await database.query(chargeSql, [userId, now(), amount])).rows.length > 0;
    },
    async grant(userId, type, amount, days) {
      await database.query(grantSql, [userId, type, now(), days, amount]);
    },
    async refund(userId, amount) {
      await database.query(refundSql, [userId, now(), amount]);
    },
  };
}
