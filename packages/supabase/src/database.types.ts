// Type aliases, not interfaces: supabase-js turns a Row that is an interface into `never`.

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

type ConversationRow = {
  id: string;
  title: string | null;
  user_id: string;
  project_id: string | null;
  is_absolute_mode: boolean;
  is_delete: boolean;
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

/** The tables that are used, as far as clients were seen to use them (wire 6). Written by hand. */
export interface Database {
  public: {
    Tables: {
      conversation: {
        Row: ConversationRow;
        Insert: Partial<ConversationRow> & Pick<ConversationRow, "user_id">;
        Update: Partial<ConversationRow>;
        Relationships: [];
      };
      flow_node: {
        Row: FlowNodeRow;
        Insert: Partial<FlowNodeRow> & Pick<FlowNodeRow, "id" | "conv_id">;
        Update: Partial<FlowNodeRow>;
        Relationships: [
          {
            foreignKeyName: "flow_node_conv_id_fkey";
            columns: ["conv_id"];
            isOneToOne: false;
            referencedRelation: "conversation";
            referencedColumns: ["id"];
          },
        ];
      };
    };
    Views: Record<never, never>;
    Functions: Record<never, never>;
  };
}
