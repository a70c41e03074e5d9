import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { AspectRatio, type Flowith, ImageModel, VideoModel } from "flowith-webapi";
import { ids, PICTURE } from "./scene.ts";

export interface CallScene {
  flowith: Flowith;
  /** What was sent until now was only needed to get here. */
  begin(): void;
}

type Call = (scene: CallScene) => Promise<unknown>;

async function last<T>(items: AsyncIterable<T>): Promise<T | undefined> {
  let item: T | undefined;
  for await (item of items);
  return item;
}

/** A folder that is gone afterwards. */
async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "flowith-requirements-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const inSpare = { convId: ids.spare, timeout: { totalMs: 30_000 } };
const whatIsThis = { model: "gemini-3.1-pro-preview", images: [PICTURE], ...inSpare };
const soon = { timeout: { totalMs: 200 } };

/** A session that has its first turn. */
async function session({ flowith, begin }: CallScene) {
  const begun = flowith.startConversation({ model: "gpt-4.1-nano" });
  await begun.send("My name is Alice.");
  begin();
  return begun;
}

/** Our counterpart of each recorded call, with the same inputs. */
export const ourCalls: Record<string, Call> = {
  "FlowithClient.generate": ({ flowith }) => flowith.generate("What is the capital of Poland?"),
  "FlowithClient.generate (all)": ({ flowith }) => flowith.generate("What is this?", whatIsThis),
  "FlowithClient.generate_stream": ({ flowith }) => last(flowith.generateStream("What is the capital of Poland?")),
  "FlowithClient.generate_stream (all)": ({ flowith }) => last(flowith.generateStream("What is this?", whatIsThis)),
  "FlowithClient.generate_image": ({ flowith }) => flowith.generateImage("A ripe banana"),
  "FlowithClient.generate_image (all)": ({ flowith }) =>
    flowith.generateImage("A ripe banana", {
      model: ImageModel.Gemini3ProImage,
      aspectRatio: AspectRatio.Landscape,
      imageSize: "1k",
      agent: false,
      ...inSpare,
    }),
  "FlowithClient.generate_video": ({ flowith }) => flowith.generateVideo("A cat on a beach"),
  "FlowithClient.generate_video (all)": ({ flowith }) =>
    flowith.generateVideo("A cat on a beach", {
      model: VideoModel.KlingImg,
      image: PICTURE,
      aspectRatio: AspectRatio.Portrait,
      resolution: "720p",
      audio: false,
      ...inSpare,
    }),
  "GeneratedImage.save": async ({ flowith, begin }) => {
    const { image } = await flowith.generateImage("A ripe banana");
    begin();
    return inFolder(async (folder) => basename((await image.save(folder, { filename: "banana.png" })).location));
  },
  "VideoOutput.save": async ({ flowith, begin }) => {
    const video = await flowith.generateVideo("A cat on a beach");
    begin();
    return inFolder(async (folder) => basename((await video.save(folder, { filename: "cat.mp4" })).location));
  },
  "FlowithClient.upload_file": ({ flowith }) =>
    inFolder(async (folder) => {
      await writeFile(join(folder, "notes.md"), "# Notes\n");
      return flowith.uploadFile(join(folder, "notes.md"));
    }),
  "FlowithClient.upload_file (all)": ({ flowith }) =>
    flowith.uploadFile(new TextEncoder().encode("<p>Hi</p>"), {
      filename: "game.html",
      mimeType: "text/html",
      fileType: "html",
    }),
  "FlowithClient.generate_title": ({ flowith }) =>
    flowith.generateTitle([{ role: "user", content: "how do I bake bread?" }]),

  "FlowithClient.list_conversations": ({ flowith }) => flowith.conversations.list(),
  "FlowithClient.list_conversations (all)": ({ flowith }) =>
    flowith.conversations.list({ limit: 3, offset: 1, projectId: ids.project }),
  "FlowithClient.get_conversation": ({ flowith }) => flowith.conversations.get(ids.spare),
  "FlowithClient.rename_conversation": ({ flowith }) => flowith.conversations.rename(ids.spare, "Kyoto in spring"),
  "FlowithClient.get_flow_nodes": ({ flowith }) => flowith.conversations.nodes(ids.seeded),
  "FlowithClient.get_cooperators": ({ flowith }) => flowith.conversations.cooperators(ids.seeded),
  "FlowithClient.list_cooperate_rows": ({ flowith }) => flowith.conversations.cooperations(),
  "FlowithClient.list_cooperate_rows (all)": ({ flowith }) =>
    flowith.conversations.cooperations({ userId: ids.user, convId: ids.seeded, excludeTop: false }),
  "FlowithClient.get_conv_novel_editor": ({ flowith }) => flowith.conversations.novelEditor(ids.seeded),
  "FlowithClient.list_discuss": ({ flowith }) => flowith.conversations.discussions(ids.seeded),
  "FlowithClient.get_oracle_stream": ({ flowith }) => flowith.conversations.oracleStream(ids.seeded),
  "FlowithClient.delete_conversation": ({ flowith }) => flowith.conversations.delete(ids.doomed),

  "FlowithClient.get_credits": ({ flowith }) => flowith.account.credits(),
  "FlowithClient.get_credit_type": ({ flowith }) => flowith.account.creditType(),
  "FlowithClient.get_user_profile": ({ flowith }) => flowith.account.profile(),
  "FlowithClient.get_user_profile (all)": ({ flowith }) => flowith.account.profile(ids.user),
  "FlowithClient.update_user_profile": ({ flowith }) => flowith.account.updateProfile({ language: "pl" }),
  "FlowithClient.list_user_upload_records": ({ flowith }) => flowith.account.uploads(),
  "FlowithClient.list_user_upload_records (all)": ({ flowith }) => flowith.account.uploads({ limit: 2, offset: 1 }),
  "FlowithClient.list_subscription_user_own": ({ flowith }) => flowith.account.subscriptions(),
  "FlowithClient.list_subscription_user_own (all)": ({ flowith }) =>
    flowith.account.subscriptions({ at: "2026-11-24T09:00:00Z" }),

  "FlowithClient.list_public_notices": ({ flowith }) => flowith.content.notices(),
  "FlowithClient.list_flow_projects": ({ flowith }) => flowith.content.projects(),
  "FlowithClient.get_migration_info": ({ flowith }) => flowith.content.migration(),
  "FlowithClient.list_models": ({ flowith }) => flowith.models.list(),
  "FlowithClient.list_models (all)": ({ flowith }) => flowith.models.list({ logo: false, description: false }),
  "FlowithClient.list_templates": ({ flowith }) => flowith.templates.list(),
  "FlowithClient.list_templates (all)": ({ flowith }) => flowith.templates.list({ type: "image", pageSize: 5 }),

  "FlowithClient.get_daily_rewards_status": ({ flowith }) => flowith.campaigns.dailyRewards(),
  "FlowithClient.claim_daily_reward": ({ flowith }) => flowith.campaigns.claimDailyReward(),
  "FlowithClient.check_campaign": ({ flowith }) => flowith.campaigns.check("gpt-image-2"),
  "FlowithClient.check_banana_campaign": ({ flowith }) => flowith.campaigns.banana(),
  "FlowithClient.get_discord_invite": ({ flowith }) => flowith.community.discordInvite(),
  "FlowithClient.get_featurebase_status": ({ flowith }) => flowith.community.changelogStatus(),
  "FlowithClient.check_new_version_access": ({ flowith }) => flowith.community.newVersionAccess(),
  "FlowithClient.get_enterprise_dashboard": ({ flowith }) => flowith.community.enterpriseDashboard(),
  "FlowithClient.upsert_online_session": ({ flowith }) => flowith.presence.upsert(onlineSession),
  "FlowithClient.get_online_count": async ({ flowith, begin }) => {
    await flowith.presence.upsert(onlineSession);
    begin();
    return flowith.presence.count();
  },
  "FlowithClient.remove_online_session": ({ flowith }) => flowith.presence.remove("session-1"),

  "FlowithClient.stream_user_stream": ({ flowith }) => last(flowith.events.stream(soon)),
  "FlowithClient.stream_user_sse": ({ flowith }) => last(flowith.events.heartbeats(soon)),

  "ConversationSession.send": ({ flowith }) =>
    flowith.startConversation({ model: "gpt-4.1-nano" }).send("My name is Alice."),
  "ConversationSession.send (all)": async (scene) =>
    (await session(scene)).send("What is this?", { images: [PICTURE], model: "gpt-4.1-nano" }),
  "ConversationSession.send_stream": async (scene) => last((await session(scene)).sendStream("What is my name?")),
  "ConversationSession.generate_image": async (scene) =>
    (await session(scene)).generateImage("A ripe banana", { aspectRatio: "4:3", imageSize: "1k" }),
  "ConversationSession.generate_video": async (scene) =>
    (await session(scene)).generateVideo("A cat on a beach", { resolution: "720p", audio: false }),
  "ConversationSession.delete": async (scene) => (await session(scene)).delete(),

  "FlowithClient.get_oauth_url": async ({ flowith }) => flowith.auth.oauthUrl(),
  "FlowithClient.get_oauth_url (all)": async ({ flowith }) =>
    flowith.auth.oauthUrl({
      provider: "github",
      redirectTo: "https://flowith.io/back",
      accessType: "online",
      prompt: "none",
      includeGrantedScopes: true,
      scopes: "email profile",
    }),
  "FlowithClient.get_auth_user": ({ flowith }) => flowith.auth.user(),
  "FlowithClient.refresh_access_token": ({ flowith }) => flowith.auth.refresh(),
  "FlowithClient.logout": ({ flowith }) => flowith.auth.logout({ scope: "local" }),
};

const onlineSession = {
  sessionId: "session-1",
  currentPath: "/conv",
  deviceType: "desktop",
  platform: "Linux",
  browser: "Chrome",
  locale: "en",
  subscriptionTier: "pro",
  isIdle: false,
};
