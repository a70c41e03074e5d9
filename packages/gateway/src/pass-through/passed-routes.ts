/** A route of the service that pages may ask through the gateway. */
export interface PassedRoute {
  service: "edge" | "supabase";
  method: "GET" | "POST" | "PATCH";
  path: string;
  /** A browser goes there itself, and tells no origin. */
  isNavigation?: boolean;
}

const edge: readonly (readonly [PassedRoute["method"], readonly string[]])[] = [
  [
    "GET",
    [
      "/user_stream/stream",
      "/user_stream/sse",
      "/models",
      "/templates",
      "/user/credits",
      "/user/credit_type",
      "/user/campaigns/effective-status",
      "/cooperate/list",
      "/discord/invite-link",
      "/featurebase/status",
      "/mkt/daily-rewards/status",
      "/mkt/banana-2025/check",
      "/invitation/access-new-version",
      "/enterprise/dashboard/me",
      "/external/use/knowledge-base/models",
      "/external/use/image/models",
      "/external/use/video/models",
      "/external/use/video/status",
      "/external/use/music/status",
      "/external/use/3d/status",
    ],
  ],
  [
    "POST",
    [
      "/completion",
      "/completion/async",
      "/image_gen/async",
      "/video/async",
      "/file/store",
      "/mkt/daily-rewards/claim",
      "/external/use/llm",
      "/external/use/knowledge-base/seek",
      "/external/use/image/generate",
      "/external/use/video/generate",
      "/external/use/music/generate",
      "/external/use/3d/generate",
    ],
  ],
];

const supabase: readonly (readonly [PassedRoute["method"], readonly string[]])[] = [
  [
    "GET",
    [
      "/auth/v1/user",
      "/rest/v1/conversation",
      "/rest/v1/flow_node",
      "/rest/v1/user_profile",
      "/rest/v1/user_upload_records",
      "/rest/v1/subscription_user_own",
      "/rest/v1/public_notice",
      "/rest/v1/flow_project",
      "/rest/v1/conv_novel_editor",
      "/rest/v1/discuss",
      "/rest/v1/cooperate",
      "/rest/v1/oracle_stream",
      "/rest/v1/migration",
    ],
  ],
  [
    "POST",
    [
      "/auth/v1/token",
      "/auth/v1/logout",
      "/rest/v1/conversation",
      "/rest/v1/flow_node",
      "/rest/v1/rpc/upsert_online_session",
      "/rest/v1/rpc/remove_online_session",
      "/rest/v1/rpc/get_online_count",
    ],
  ],
  ["PATCH", ["/rest/v1/conversation", "/rest/v1/user_profile"]],
];

/** What the SDK asks, and nothing else. */
export const passedRoutes: readonly PassedRoute[] = [
  ...edge.flatMap(([method, paths]) => paths.map((path) => ({ service: "edge" as const, method, path }))),
  ...supabase.flatMap(([method, paths]) => paths.map((path) => ({ service: "supabase" as const, method, path }))),
  { service: "supabase", method: "GET", path: "/auth/v1/authorize", isNavigation: true },
];
