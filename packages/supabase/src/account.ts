import type { AccountPort, PortCall } from "@flowith-webapi/core";
import { page, withSignal } from "./query.ts";
import type { Rows } from "./rows.ts";

/** The user's own rows (wire 6). */
export function createAccount(rows: (call: PortCall) => Rows): AccountPort {
  return {
    async profile(userId, call) {
      const query = rows(call).from("user_profile").select("*").eq("id", userId);
      return (await withSignal(query, call.signal).throwOnError()).data;
    },
    async updateProfile(userId, fields, call) {
      const query = rows(call).from("user_profile").update(fields).eq("id", userId).select("*");
      return (await withSignal(query, call.signal).throwOnError()).data;
    },
    async uploads({ userId, ...paging }, call) {
      const query = rows(call)
        .from("user_upload_records")
        .select("id,user_id,conv_id,value,name,type,created_at")
        .eq("user_id", userId);
      return (await withSignal(page(query, "created_at", paging), call.signal).throwOnError()).data;
    },
    async subscriptions(at, call) {
      const query = rows(call)
        .from("subscription_user_own")
        .select("id,months,from_date,to_date,remain_quota,subscription_type(id,quota)")
        .order("to_date", { ascending: false })
        .lt("from_date", at)
        .gt("to_date", at);
      return (await withSignal(query, call.signal).throwOnError()).data;
    },
  };
}
