import { type Counterparts, method, record } from "../counterpart.ts";

const LIMIT = "faults: a silent job ends at its limit, with what had come";
const timeout = { here: "TimeoutOptions.totalMs", proof: LIMIT, note: "In ms." };
const images = {
  here: "GenerateOptions.images",
  proof: "sends › ConversationSession.send (all)",
  note: "URLs as there; also files, which are uploaded first.",
};

/** Conversations on the canvas, and sessions that go on with them. */
export const conversationCounterparts: Counterparts = {
  ...method(
    "FlowithClient.list_conversations",
    "flowith.conversations.list()",
    {
      limit: "ConversationListOptions.limit",
      offset: "ConversationListOptions.offset",
      project_id: "AllConversationsOptions.projectId",
    },
    { all: "sends › FlowithClient.list_conversations (all)", note: "`conversations.all()` goes through all pages." },
  ),
  ...method(
    "FlowithClient.get_conversation",
    "flowith.conversations.get()",
    { conv_id: "convId" },
    { note: "`NotFoundError` where there is none, not an empty record." },
  ),
  ...method(
    "FlowithClient.rename_conversation",
    "flowith.conversations.rename()",
    { conv_id: "convId", title: "title" },
    { note: "An update. There it inserts, which the service answers with 409." },
  ),
  ...method(
    "FlowithClient.delete_conversation",
    "flowith.conversations.delete()",
    { conv_id: "convId" },
    { note: "`NotFoundError` where there is none; there it succeeds all the same." },
  ),
  ...method(
    "FlowithClient.get_flow_nodes",
    "flowith.conversations.nodes()",
    { conv_id: "convId" },
    {
      note: "All of them, past the 1,000 rows that one answer holds. `conversations.tree()` hangs them under each other.",
    },
  ),
  ...method("FlowithClient.get_cooperators", "flowith.conversations.cooperators()", { conv_id: "convId" }),
  ...method(
    "FlowithClient.list_cooperate_rows",
    "flowith.conversations.cooperations()",
    {
      user_id: "CooperationOptions.userId",
      conv_id: "CooperationOptions.convId",
      top_only: {
        here: "CooperationOptions.excludeTop",
        note: "The same filter by its right name: it leaves the pinned ones out.",
      },
    },
    {
      all: "sends › FlowithClient.list_cooperate_rows (all)",
      note: "`CooperationRecord`s; the server's own object is their `raw`.",
    },
  ),
  ...method(
    "FlowithClient.get_conv_novel_editor",
    "flowith.conversations.novelEditor()",
    { conv_id: "convId" },
    { note: "Undefined where there is none." },
  ),
  ...method("FlowithClient.list_discuss", "flowith.conversations.discussions()", { conv_id: "convId" }),
  ...method("FlowithClient.get_oracle_stream", "flowith.conversations.oracleStream()", { conv_id: "convId" }),
  ...method(
    "FlowithClient.start_conversation",
    "flowith.startConversation()",
    {
      conv_id: { here: "ConversationOptions.convId", note: "Goes on where it stands, with its history." },
      model: "ConversationOptions.model",
    },
    { proof: "conversations: one is taken up again with its history" },
  ),
  ConversationSession: {
    here: "ConversationSession",
    proof: "conversations: one remembers, since every turn is sent with those before it",
    note: "Turns remember: each is sent with those before it, and hangs under the last answer. There each turn is a conversation of its own to the model.",
  },
  "ConversationSession(client)": {
    here: null,
    proof: "conversations: a new one knows nothing of another",
    note: "Not made by hand: `flowith.startConversation()`.",
  },
  "ConversationSession(conv_id)": {
    here: "ConversationOptions.convId",
    proof: "conversations: one is taken up again with its history",
  },
  "ConversationSession(model)": { here: "ConversationOptions.model", proof: "sends › ConversationSession.send" },
  "ConversationSession.conv_id": {
    here: "ConversationSession.convId",
    proof: "conversations: one is taken up again with its history",
    note: "Undefined, not None, before the first turn.",
  },
  "ConversationSession.model": { here: "ConversationSession.model", proof: "sends › ConversationSession.send" },
  "ConversationSession.turn": {
    here: "ConversationSession.turn",
    proof: "conversations: one remembers, since every turn is sent with those before it",
  },
  ...method("ConversationSession.send", "session.send()", {
    prompt: "prompt",
    images,
    model: { here: "JobOptions.model", proof: "sends › ConversationSession.send (all)" },
    timeout,
  }),
  ...method("ConversationSession.send_stream", "session.sendStream()", {
    prompt: "prompt",
    images,
    model: "JobOptions.model",
    timeout,
  }),
  ...method(
    "ConversationSession.generate_image",
    "session.generateImage()",
    {
      prompt: "prompt",
      model: "JobOptions.model",
      aspect_ratio: "ImageOptions.aspectRatio",
      image_size: "ImageOptions.imageSize",
      timeout,
    },
    { note: "Later turns know of the picture." },
  ),
  ...method(
    "ConversationSession.generate_video",
    "session.generateVideo()",
    {
      prompt: "prompt",
      model: "JobOptions.model",
      image_url: { here: "VideoOptions.image", note: "A URL as there, or a file, which is uploaded first." },
      aspect_ratio: "VideoOptions.aspectRatio",
      resolution: "VideoOptions.resolution",
      audio: "VideoOptions.audio",
      timeout,
    },
    { note: "Later turns know of the clip by its URL." },
  ),
  ...method("ConversationSession.delete", "session.delete()"),
  ...record("ConversationRecord", "ConversationRecord", "gives › FlowithClient.list_conversations", {
    conv_id: "convId",
    title: "title",
    user_id: "userId",
    is_absolute_mode: "isAbsoluteMode",
    preview: "preview",
    metadata: "raw",
  }),
  ...record("FlowNode", "FlowNode", "gives › FlowithClient.get_flow_nodes", {
    node_id: "id",
    conv_id: "convId",
    node_type: "type",
    p_id: "parentId",
    c_ids: {
      here: null,
      note: "The service never fills it. `conversations.tree()` gives each node its `children`; the column is in `raw`.",
    },
    data: "data",
    position: "position",
    metadata: "raw",
    text: { here: "text", note: "The visible text, without `<think>` parts; with them it is `data.value`." },
    model: "model",
  }),
  ...record("CooperatorRecord", "CooperatorRecord", "gives › FlowithClient.get_cooperators", {
    user_id: "userId",
    role: "role",
    user_name: "userName",
    user_avatar: "userAvatar",
    metadata: "raw",
  }),
  ...record("ConvNovelEditor", "ConvNovelEditor", "gives › FlowithClient.get_conv_novel_editor", {
    conv_id: "convId",
    content: "content",
    metadata: "raw",
  }),
  ...record("DiscussRecord", "DiscussRecord", "gives › FlowithClient.list_discuss", {
    discuss_id: "discussId",
    conv_id: "convId",
    user_id: "userId",
    content: "content",
    created_at: "createdAt",
    metadata: "raw",
  }),
  ...record("OracleStreamRecord", "OracleStreamRecord", "gives › FlowithClient.get_oracle_stream", {
    record_id: "recordId",
    requirement: "requirement",
    workflow: "workflow",
    no_need_replan: "noNeedReplan",
    is_stop: "isStopped",
    is_public: "isPublic",
    user_confirm: "userConfirm",
    is_delete: "isDeleted",
    metadata: "raw",
  }),
};
