/** One group of the guide: the same in both languages, and the table of what it is about. */
export interface Section {
  title: string;
  python: string;
  typescript: string;
  /** The inventory's entries that stand in its table: a class, or a method with its parameters. */
  of: readonly string[];
}

const client = (...names: string[]): string[] => names.map((name) => `FlowithClient.${name}`);

export const sections: readonly Section[] = [
  {
    title: "The client",
    python: `async with FlowithClient(token, refresh_token=refresh_token) as client:
    print((await client.generate("Name a city.")).text)
set_log_level("WARNING")`,
    typescript: `await using client = new Flowith({ token, refreshToken });
console.log((await client.generate("Name a city.")).text);
client.setLogLevel("warn");`,
    of: [
      "FlowithClient",
      ...client("__aexit__", "close"),
      "set_log_level",
      "EDGE_URL",
      "SUPABASE_URL",
      "SUPABASE_ANON_KEY",
    ],
  },
  {
    title: "Text",
    python: `result = await client.generate("Write a haiku.", model="gpt-4.1-nano")
print(result.text, result.reasoning)
async for chunk in client.generate_stream("Write another."):
    print(chunk.text_delta, end="")`,
    typescript: `const result = await flowith.generate("Write a haiku.", { model: "gpt-4.1-nano" });
console.log(result.text, result.reasoning);
for await (const chunk of flowith.generateStream("Write another.")) console.log(chunk.textDelta);`,
    of: [...client("generate", "generate_stream", "generate_title"), "GenerationOutput", "ChunkParser"],
  },
  {
    title: "Pictures and clips",
    python: `picture = await client.generate_image("A banana", model=ImageModel.GPT_IMAGE_2, aspect_ratio=AspectRatio.SQUARE)
await picture.image.save("pictures")
video = await client.generate_video("A cat", image_url=picture.image.url, audio=False)
await video.save("clips", filename="cat.mp4")`,
    typescript: `const picture = await flowith.generateImage("A banana", { model: ImageModel.GptImage2, aspectRatio: AspectRatio.Square });
await picture.image.save("pictures");
const video = await flowith.generateVideo("A cat", { image: picture.image.url, audio: false });
await video.save("clips", { filename: "cat.mp4" });`,
    of: [
      ...client("generate_image", "generate_video"),
      "ImageOutput",
      "GeneratedImage",
      "VideoOutput",
      "ImageModel",
      "VideoModel",
      "AspectRatio",
      "ChatMode",
    ],
  },
  {
    title: "Files",
    python: `stored = await client.upload_file(data=b"<p>Hi</p>", filename="page.html", mime_type="text/html")
await client.generate(f"Read [[file:html|page.html|{stored.url}]]")`,
    typescript: `const stored = await flowith.uploadFile(new Blob(["<p>Hi</p>"], { type: "text/html" }), { filename: "page.html" });
await flowith.generate(\`Read \${stored.reference}\`);`,
    of: [...client("upload_file"), "FileRecord"],
  },
  {
    title: "Conversations",
    python: `session = client.start_conversation(model="gpt-4.1-nano")
await session.send("My name is Alice.")
await client.rename_conversation(session.conv_id, "Names")
nodes = await client.get_flow_nodes(session.conv_id)
await session.delete()`,
    typescript: `const session = flowith.startConversation({ model: "gpt-4.1-nano" });
const { convId } = await session.send("My name is Alice.");
await flowith.conversations.rename(convId, "Names");
const nodes = await flowith.conversations.nodes(convId);
await session.delete();`,
    of: [
      ...client("start_conversation"),
      "ConversationSession",
      ...client(
        "list_conversations",
        "get_conversation",
        "rename_conversation",
        "delete_conversation",
        "get_flow_nodes",
      ),
      ...client("get_cooperators", "list_cooperate_rows", "get_conv_novel_editor", "list_discuss", "get_oracle_stream"),
      "ConversationRecord",
      "FlowNode",
      "NODE_TYPE_USER",
      "NODE_TYPE_AI",
      "CooperatorRecord",
      "ConvNovelEditor",
      "DiscussRecord",
      "OracleStreamRecord",
    ],
  },
  {
    title: "The account",
    python: `left = sum(grant.remain_quota for grant in await client.get_credits())
await client.update_user_profile(language="pl")
uploads = await client.list_user_upload_records(limit=5)`,
    typescript: `const { remainQuota } = await flowith.account.balance();
await flowith.account.updateProfile({ language: "pl" });
const uploads = await flowith.account.uploads({ limit: 5 });`,
    of: [
      ...client("get_credits", "get_credit_type", "get_user_profile", "update_user_profile"),
      ...client("list_user_upload_records", "list_subscription_user_own"),
      "UserCredits",
      "UserProfile",
      "UserUploadRecord",
      "SubscriptionUserOwn",
    ],
  },
  {
    title: "Sign-in and sessions",
    python: `await client.refresh_access_token()
keep(client.get_refresh_token())
url = client.get_oauth_url(provider="github", redirect_to="https://example.com/back")
await client.logout("local")`,
    typescript: `const { refreshToken } = await flowith.auth.refresh(); // rarely needed: calls do it, and tell the store
const { url } = await flowith.auth.signInWithOAuth({ provider: "github", redirectTo: "https://example.com/back" });
await flowith.auth.logout({ scope: "local" });`,
    of: client("get_auth_user", "refresh_access_token", "get_refresh_token", "get_oauth_url", "logout"),
  },
  {
    title: "Catalogue, content, campaigns and presence",
    python: `models = await client.list_models()
templates = await client.list_templates(template_type="image")
await client.claim_daily_reward()
await client.upsert_online_session({"p_session_id": "tab-1", "p_is_idle": False})`,
    typescript: `const models = await flowith.models.list();
const templates = await flowith.templates.list({ type: "image" });
await flowith.campaigns.claimDailyReward();
await flowith.presence.upsert({ sessionId: "tab-1", isIdle: false });`,
    of: [
      ...client("list_models", "list_templates", "list_public_notices", "list_flow_projects", "get_migration_info"),
      ...client("get_daily_rewards_status", "claim_daily_reward", "check_campaign", "check_banana_campaign"),
      ...client("get_discord_invite", "get_featurebase_status", "check_new_version_access", "get_enterprise_dashboard"),
      ...client("get_online_count", "upsert_online_session", "remove_online_session"),
      "ModelInfo",
      "TemplateRecord",
      "PublicNotice",
      "FlowProject",
      "MigrationInfo",
    ],
  },
  {
    title: "Events",
    python: `async for event in client.stream_user_stream(timeout=60):
    print(event.get("type"), event.get("nodeId"))`,
    typescript: `for await (const event of flowith.events.stream({ signal, timeout: { totalMs: 60_000 } }))
  console.log(event.type, event.nodeId, event.raw);`,
    of: client("stream_user_stream", "stream_user_sse"),
  },
  {
    title: "Errors",
    python: `try:
    await client.generate("Hello", timeout=60)
except RateLimitError as error:
    wait(error.retry_after_s)
except TimeoutError:
    pass`,
    typescript: `try {
  await flowith.generate("Hello", { timeout: { totalMs: 60_000 } });
} catch (error) {
  if (RateLimitError.is(error)) show("again in", error.retryAfterMs);
  else if (TimeoutError.is(error)) show(error.phase, error.partial, error.handle);
  else throw error;
}`,
    of: [
      "FlowithError",
      "APIError",
      "AuthenticationError",
      "RateLimitError",
      "ValidationError",
      "TimeoutError",
      "FileUploadError",
    ],
  },
];
