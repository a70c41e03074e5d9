/** Why something is another thing here, by the difference as it is found. */
export type Reasons = Record<string, string>;

/** Differences of any call, without the request that they are found in. */
export const everywhere: Reasons = {
  "looksLikeBrowser: true → false": "It does not pretend to be the web app in a browser; nothing shows that it must.",
  'contentType: "application/json" → null': "A request without a body has no content type.",
  "requests: 2 → 1": "Prompt and answer go into one insert: either both nodes are there, or none.",
};

const listensToBoth: Reasons = {
  "only here: GET /user_stream/sse": "Results of media come on either stream, so both are listened to.",
};

const asksTheCatalogue: Reasons = {
  "only here: GET /models":
    "Options that the catalogue says a model lacks are refused before credits are spent; it is asked for once an hour.",
};

const CHILD_POSITION = "A node is drawn under the one that it hangs from, where the canvas shows both.";

const videoPosition: Reasons = { "POST /video/async: body.position.y: 310 → 340": CHILD_POSITION };

const laterTurn: Reasons = {
  "only there: GET /user_stream/stream": "One event connection serves all jobs; it is open from the first turn.",
  'POST /rest/v1/flow_node: rows[0].p_id: "<its conversation>" → "<uuid>"': "A turn hangs under the last answer.",
  "POST /rest/v1/flow_node: rows[0].position.y: 130 → 550": CHILD_POSITION,
};

const laterAnswer: Reasons = {
  ...laterTurn,
  "POST /rest/v1/flow_node: rows[1].position.y: 340 → 760": CHILD_POSITION,
};

/** The history of a session whose first turn was "My name is Alice." */
const history = (post: string, prompt: string): Reasons => {
  const reason = "The turns before go along: nothing shows that the service adds them.";
  return {
    [`${post}: body.messages[0].content: ${prompt} → "My name is Alice."`]: reason,
    [`${post}: body.messages[1]: none → {"role":"assistant","content":"Nice to meet you, Alice."}`]: reason,
    [`${post}: body.messages[2]: none → {"role":"user","content":${prompt}}`]: reason,
  };
};

const WITH_PICTURE =
  '[{"type":"text","text":"What is this?"},{"type":"image_url","image_url":{"url":"https://flowith.example/picture.png"}}]';

const wholeOrder: Reasons = {
  'GET /rest/v1/conversation: query.order: "updated_at.desc" → "updated_at.desc,id.desc"':
    "Rows of one moment have an order, so that no page repeats or leaves out one.",
};

const rowBack: Reasons = {
  'PATCH /rest/v1/conversation: query.select: none → "*"': "The row is asked back, to tell when there was none.",
};

const form: Reasons = {
  'POST /file/store: contentType: "application/json" → "multipart/form-data"':
    "The form is sent as what it is; there the client's usual content type stays on it.",
};

const OAUTH =
  "Each parameter stands where the auth server reads it; it knows no `query_params`, and calls scopes `scopes`.";

/** Differences of what is sent, by call. */
export const intendedRequests: Record<string, Reasons> = {
  "FlowithClient.list_conversations": wholeOrder,
  "FlowithClient.list_conversations (all)": wholeOrder,
  "FlowithClient.get_flow_nodes": {
    'GET /rest/v1/flow_node: query.limit: none → "1000"': "Long conversations are read page by page.",
    'GET /rest/v1/flow_node: query.offset: none → "0"': "Long conversations are read page by page.",
    'GET /rest/v1/flow_node: query.order: "created_at.asc" → "created_at.asc,type.asc,id.asc"':
      "Nodes of one insert have one time: the prompt goes before its answer.",
  },
  "FlowithClient.rename_conversation": {
    "only here: PATCH /rest/v1/conversation": "Renaming is an update.",
    "only there: POST /rest/v1/conversation": "An insert of a row that is there is a conflict.",
  },
  "FlowithClient.delete_conversation": rowBack,
  "ConversationSession.delete": rowBack,
  "FlowithClient.update_user_profile": {
    'PATCH /rest/v1/user_profile: query.select: none → "*"': "The update itself gives the row back,",
    "only there: GET /rest/v1/user_profile": "so that a second request is not needed.",
  },
  "FlowithClient.generate_image": listensToBoth,
  "FlowithClient.generate_image (all)": {
    ...asksTheCatalogue,
    ...listensToBoth,
    "POST /rest/v1/flow_node: rows[1].data.agent: true → false": "The node says what the post says.",
  },
  "FlowithClient.generate_video": { ...listensToBoth, ...videoPosition },
  "FlowithClient.generate_video (all)": { ...listensToBoth, ...asksTheCatalogue, ...videoPosition },
  "FlowithClient.upload_file": form,
  "FlowithClient.upload_file (all)": form,
  "ConversationSession.send (all)": { ...laterAnswer, ...history("POST /completion/async", WITH_PICTURE) },
  "ConversationSession.send_stream": { ...laterAnswer, ...history("POST /completion/async", '"What is my name?"') },
  "ConversationSession.generate_image": {
    ...laterAnswer,
    ...history("POST /image_gen/async", '"A ripe banana"'),
    ...asksTheCatalogue,
    ...listensToBoth,
  },
  "ConversationSession.generate_video": {
    ...laterTurn,
    ...listensToBoth,
    "POST /video/async: body.position.y: 310 → 760": CHILD_POSITION,
  },
  "FlowithClient.refresh_access_token": {
    'POST /auth/v1/token: authorization: "bearer" → "none"': "The token that has expired says nothing here.",
  },
  "FlowithClient.logout": {
    'POST /auth/v1/logout: body: {"scope":"local"} → null': "The server reads no body,",
    'POST /auth/v1/logout: query.scope: none → "local"': "but the query.",
    'POST /auth/v1/logout: contentType: "application/json" → "application/json;charset=UTF-8"':
      "supabase-js writes it so.",
  },
  "FlowithClient.get_oauth_url": {
    'OPEN /auth/v1/authorize: query.access_type: none → "offline"': OAUTH,
    'OPEN /auth/v1/authorize: query.prompt: none → "consent"': OAUTH,
    'OPEN /auth/v1/authorize: query.query_params: "access_type=offline&prompt=consent" → none': OAUTH,
  },
  "FlowithClient.get_oauth_url (all)": {
    'OPEN /auth/v1/authorize: query.access_type: none → "online"': OAUTH,
    'OPEN /auth/v1/authorize: query.prompt: none → "none"': OAUTH,
    'OPEN /auth/v1/authorize: query.include_granted_scopes: none → "true"': OAUTH,
    'OPEN /auth/v1/authorize: query.scopes: none → "email profile"': OAUTH,
    'OPEN /auth/v1/authorize: query.query_params: "access_type=online&prompt=none&include_granted_scopes=true&scope=email%20profile" → none':
      OAUTH,
  },
};

const reasoningSpace: Reasons = {
  'result.reasoning: "The user writes: What is this?\\nI look at what was said before and answer in short." → "\\nThe user writes: What is this?\\nI look at what was said before and answer in short.\\n"':
    "Reasoning is given as it was written, white space at its ends included, so that its deltas join to it.",
};

/** Differences of what is given, by call. */
export const intendedResults: Record<string, Reasons> = {
  "FlowithClient.rename_conversation": {
    "result: error → convId, title, userId, projectId, isAbsoluteMode, isDeleted, preview, createdAt, updatedAt, raw":
      "It works.",
  },
  "FlowithClient.refresh_access_token": {
    "result: access_token, token_type, expires_in, expires_at, refresh_token, user → accessToken, refreshToken, expiresAtMs, userId":
      "A `Session`, as everywhere.",
  },
  "FlowithClient.generate (all)": reasoningSpace,
  "FlowithClient.generate_stream (all)": reasoningSpace,
  "ConversationSession.send_stream": {
    'result.text: "I don\'t know your name: you have not told me." → "Your name is Alice."': "Turns are remembered.",
  },
};
