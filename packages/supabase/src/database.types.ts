// Type aliases, not interfaces: supabase-js turns a Row that is an interface into `never`.

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

type ConversationRow = {
  id: string;
  title: string | null;
  user_id: string;
  project_id: string | null;
  is_absolute_mode: boolean;
  is_delete: boolean;
  preview: string | null;
  metadata: Json;
  created_at: string;
  updated_at: string;
};

type FlowNodeRow = {
  id: string;
  conv_id: string;
  type: string;
  p_id: string | null;
  c_ids: string[];
  position: Json;
  data: Json;
  is_delete: boolean;
  created_at: string;
  updated_at: string;
};

type UserProfileRow = { id: string; language: string | null; [column: string]: unknown };

type UserUploadRow = {
  id: string | number;
  user_id: string;
  conv_id: string | null;
  value: string;
  name: string | null;
  type: string | null;
  created_at: string;
};

type SubscriptionTypeRow = { id: string; quota: number };

type SubscriptionRow = {
  id: string;
  user_id: string;
  months: number;
  from_date: string;
  to_date: string;
  remain_quota: number;
  subscription_type: string;
};

type PublicNoticeRow = { id: string | number; title: string | null; content: string | null };

type FlowProjectRow = {
  id: string;
  user_id: string;
  title: string | null;
  is_delete: boolean;
  created_at: string;
  updated_at: string;
};

type ConvNovelEditorRow = { conv_id: string; content: Json };

type DiscussRow = { id: string | number; conv_id: string; user_id: string; content: string; created_at: string };

type CooperateRow = { user_id: string; conv_id: string; role: number; top: boolean | null; created_at: string };

type OracleStreamRow = {
  id: string;
  conv_id: string;
  requirement: string | null;
  workflow: Json;
  no_need_replan: boolean | null;
  is_stop: boolean | null;
  is_public: boolean | null;
  user_confirm: boolean | null;
  is_delete: boolean | null;
};

type MigrationRow = { version: string };

/** A column that names a row of another table. */
type Reference<Table extends string, Column extends string, Target extends string> = {
  foreignKeyName: `${Table}_${Column}_fkey`;
  columns: [Column];
  isOneToOne: false;
  referencedRelation: Target;
  referencedColumns: ["id"];
};

type Table<Row, Required extends keyof Row, Relationships extends Reference<string, string, string>[] = []> = {
  Row: Row;
  Insert: Partial<Row> & Pick<Row, Required>;
  Update: Partial<Row>;
  Relationships: Relationships;
};

type OnlineSession = {
  p_session_id: string;
  p_current_path?: string | undefined;
  p_device_type?: string | undefined;
  p_platform?: string | undefined;
  p_browser?: string | undefined;
  p_locale?: string | undefined;
  p_subscription_tier?: string | undefined;
  p_is_idle?: boolean | undefined;
};

/** The tables and procedures that are used, as far as clients were seen to use them (wire 6). Written by hand. */
export interface Database {
  public: {
    Tables: {
      conversation: Table<ConversationRow, "user_id", [Reference<"conversation", "project_id", "flow_project">]>;
      flow_node: Table<FlowNodeRow, "id" | "conv_id", [Reference<"flow_node", "conv_id", "conversation">]>;
      user_profile: Table<UserProfileRow, "id">;
      user_upload_records: Table<UserUploadRow, "value">;
      subscription_type: Table<SubscriptionTypeRow, "id">;
      subscription_user_own: Table<
        SubscriptionRow,
        "subscription_type",
        [Reference<"subscription_user_own", "subscription_type", "subscription_type">]
      >;
      public_notice: Table<PublicNoticeRow, "title">;
      flow_project: Table<FlowProjectRow, "title">;
      conv_novel_editor: Table<
        ConvNovelEditorRow,
        "conv_id",
        [Reference<"conv_novel_editor", "conv_id", "conversation">]
      >;
      discuss: Table<DiscussRow, "conv_id" | "content", [Reference<"discuss", "conv_id", "conversation">]>;
      cooperate: Table<CooperateRow, "user_id" | "conv_id", [Reference<"cooperate", "conv_id", "conversation">]>;
      oracle_stream: Table<OracleStreamRow, "conv_id", [Reference<"oracle_stream", "conv_id", "conversation">]>;
      migration: Table<MigrationRow, "version">;
    };
    Views: Record<never, never>;
    Functions: {
      upsert_online_session: { Args: OnlineSession; Returns: unknown };
      remove_online_session: { Args: { p_session_id: string }; Returns: unknown };
      get_online_count: { Args: Record<never, never>; Returns: unknown };
    };
  };
}
