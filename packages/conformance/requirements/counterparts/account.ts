import { type Counterparts, method, record } from "../counterpart.ts";

/** Credits, profile, uploads, subscriptions, and the small endpoints. */
export const accountCounterparts: Counterparts = {
  ...method(
    "FlowithClient.get_credits",
    "flowith.account.credits()",
    {},
    { note: "`account.balance()` sums them up." },
  ),
  ...method(
    "FlowithClient.get_credit_type",
    "flowith.account.creditType()",
    {},
    {
      note: "Undefined, not an empty text, where the service does not say.",
    },
  ),
  ...method(
    "FlowithClient.get_user_profile",
    "flowith.account.profile()",
    { user_id: "userId" },
    {
      all: "sends › FlowithClient.get_user_profile (all)",
      note: "`NotFoundError` where there is none, not an empty record.",
    },
  ),
  ...method("FlowithClient.update_user_profile", "flowith.account.updateProfile()", {
    user_id: { here: null, note: "One's own profile only: the service lets nobody change another." },
    fields: "fields",
  }),
  ...method(
    "FlowithClient.list_user_upload_records",
    "flowith.account.uploads()",
    {
      user_id: { here: null, note: "One's own files only: the service shows nobody those of another." },
      limit: "UploadListOptions.limit",
      offset: "UploadListOptions.offset",
    },
    {
      all: "sends › FlowithClient.list_user_upload_records (all)",
      note: "`account.allUploads()` goes through all pages.",
    },
  ),
  ...method(
    "FlowithClient.list_subscription_user_own",
    "flowith.account.subscriptions()",
    {
      at_time: {
        here: "SubscriptionOptions.at",
        note: "A `Date` or ISO 8601; what is no date is refused before it is sent.",
      },
    },
    { all: "sends › FlowithClient.list_subscription_user_own (all)" },
  ),
  ...method("FlowithClient.list_public_notices", "flowith.content.notices()"),
  ...method("FlowithClient.list_flow_projects", "flowith.content.projects()"),
  ...method(
    "FlowithClient.get_migration_info",
    "flowith.content.migration()",
    {},
    {
      note: "Undefined where the service does not say.",
    },
  ),
  ...method(
    "FlowithClient.list_models",
    "flowith.models.list()",
    { logo: "ModelListOptions.logo", desc: "ModelListOptions.description" },
    { all: "sends › FlowithClient.list_models (all)" },
  ),
  ...method(
    "FlowithClient.list_templates",
    "flowith.templates.list()",
    { template_type: "TemplateListOptions.type", page_size: "TemplateListOptions.pageSize" },
    { all: "sends › FlowithClient.list_templates (all)" },
  ),
  ...method("FlowithClient.get_daily_rewards_status", "flowith.campaigns.dailyRewards()"),
  ...method("FlowithClient.claim_daily_reward", "flowith.campaigns.claimDailyReward()"),
  ...method("FlowithClient.check_campaign", "flowith.campaigns.check()", { model_id: "modelId" }),
  ...method("FlowithClient.check_banana_campaign", "flowith.campaigns.banana()"),
  ...method(
    "FlowithClient.get_discord_invite",
    "flowith.community.discordInvite()",
    {},
    {
      note: "`ResponseShapeError`, not an empty text, where the service gives no link.",
    },
  ),
  ...method("FlowithClient.get_featurebase_status", "flowith.community.changelogStatus()"),
  ...method("FlowithClient.check_new_version_access", "flowith.community.newVersionAccess()"),
  ...method("FlowithClient.get_enterprise_dashboard", "flowith.community.enterpriseDashboard()"),
  ...method("FlowithClient.get_online_count", "flowith.presence.count()"),
  ...method("FlowithClient.upsert_online_session", "flowith.presence.upsert()", {
    payload: { here: "session", note: "Named fields: `sessionId` for `p_session_id`, and so on." },
  }),
  ...method("FlowithClient.remove_online_session", "flowith.presence.remove()", { session_id: "sessionId" }),
  ...record("UserCredits", "UserCredits", "gives › FlowithClient.get_credits", {
    remain_quota: "remainQuota",
    init_quota: "initQuota",
    sub_type: "subType",
    from_date: "fromDate",
    to_date: "toDate",
    metadata: "raw",
  }),
  ...record("UserProfile", "UserProfile", "gives › FlowithClient.get_user_profile", {
    user_id: "userId",
    language: "language",
    metadata: "raw",
  }),
  ...record("UserUploadRecord", "UserUploadRecord", "gives › FlowithClient.list_user_upload_records", {
    record_id: { here: "recordId", note: "A text, whatever the service sends." },
    user_id: "userId",
    conv_id: "convId",
    value: "value",
    name: "name",
    file_type: "fileType",
    created_at: "createdAt",
    metadata: "raw",
  }),
  ...record("SubscriptionUserOwn", "SubscriptionUserOwn", "gives › FlowithClient.list_subscription_user_own", {
    record_id: "recordId",
    months: "months",
    from_date: "fromDate",
    to_date: "toDate",
    remain_quota: "remainQuota",
    subscription_type: "subscriptionType",
    metadata: "raw",
  }),
  ...record("PublicNotice", "PublicNotice", "gives › FlowithClient.list_public_notices", {
    notice_id: { here: "noticeId", note: "A text, whatever the service sends." },
    title: "title",
    content: "content",
    metadata: "raw",
  }),
  ...record("FlowProject", "FlowProject", "gives › FlowithClient.list_flow_projects", {
    project_id: "projectId",
    title: "title",
    updated_at: "updatedAt",
    metadata: "raw",
  }),
  ...record("MigrationInfo", "MigrationInfo", "gives › FlowithClient.get_migration_info", {
    version: "version",
    metadata: "raw",
  }),
  ...record("ModelInfo", "ModelInfo", "gives › FlowithClient.list_models", {
    model_id: "modelId",
    title: "title",
    media: "media",
    tier: "tier",
    metadata: "raw",
  }),
  ...record("TemplateRecord", "TemplateRecord", "gives › FlowithClient.list_templates", {
    template_id: "templateId",
    name: "name",
    category: "category",
    template_type: "templateType",
    prompt: "prompt",
    model: "model",
    cover_url: "coverUrl",
    metadata: "raw",
  }),
};
