export { mimeTypeOfBytes, SIGNATURE_BYTES } from "./bytes/file-signatures.ts";
export { extensionForMimeType, mimeTypeOf } from "./bytes/mime-types.ts";
export { FlowithClient } from "./client/client.ts";
export type { EventOptions, FlowithClientOptions } from "./client/client-options.ts";
export type { Backend, BackendContext, FilesPort, Platform } from "./client/platform.ts";
export type { ConversationOptions } from "./conversation/conversation-options.ts";
export type {
  ConversationSession,
  SendImageOptions,
  SendOptions,
  SendVideoOptions,
} from "./conversation/conversation-session.ts";
export * from "./errors/index.ts";
export type { ConnectionEvent } from "./events/connection-event.ts";
export type { FileSource, OpenedFile } from "./files/file-source.ts";
export type { FileRecord, UploadOptions } from "./files/upload-file.ts";
export type { MediaDownload } from "./http/download.ts";
export type { FetchLike, Middleware, SendWithProgress } from "./http/middleware.ts";
export type { PortCall } from "./http/port-calls.ts";
export { RequestBudget } from "./http/request-budget.ts";
export type { RequestKind } from "./http/request-kind.ts";
export type { JobStore } from "./jobs/job-store.ts";
export type { JobStatus } from "./jobs/resumed-job.ts";
export { AspectRatio } from "./kinds/aspect-ratio.ts";
export type { ImageOptions, ImageOutput } from "./kinds/image.ts";
export { ImageModel } from "./kinds/image-model.ts";
export type { Job } from "./kinds/job.ts";
export type { JobResults, KindOptions } from "./kinds/kinds.ts";
export type { Message, MessagePart } from "./kinds/messages.ts";
export type { ModelFeatures } from "./kinds/model-features.ts";
export type { ImageSource } from "./kinds/prompt-pictures.ts";
export { ChatMode } from "./kinds/text/chat-mode.ts";
export { readGeneration } from "./kinds/text/read-generation.ts";
export type { GenerateOptions } from "./kinds/text/text-options.ts";
export type { GenerationChunk, GenerationOutput } from "./kinds/text/text-output.ts";
export type { GenerationStream } from "./kinds/text/text-stream.ts";
export type { VideoOptions, VideoOutput } from "./kinds/video.ts";
export { VideoModel } from "./kinds/video-model.ts";
export type { GeneratedImage, GeneratedMedia, GeneratedVideo } from "./media/generated-media.ts";
export type { SavedMedia, SaveOptions, SaveTarget } from "./media/save-port.ts";
export type { StoredMediaOptions } from "./media/stored-media.ts";
export { DEFAULT_ADDRESSES } from "./options/default-addresses.ts";
export { defined } from "./options/defined.ts";
export type { Logger, LogLevel } from "./options/logger.ts";
export type { CallOptions, JobOptions, Progress, TimeoutOptions } from "./options/options.ts";
export type { Account, SubscriptionOptions, UploadListOptions, UserProfileFields } from "./resources/account.ts";
export type { SubscriptionUserOwn, UserProfile, UserUploadRecord } from "./resources/account-records.ts";
export type { Auth } from "./resources/auth.ts";
export type { LogoutOptions, OAuthCallOptions, OAuthOptions, PasswordOptions } from "./resources/auth-options.ts";
export type { AuthUser } from "./resources/auth-user.ts";
export type { Campaigns } from "./resources/campaigns.ts";
export type { Community } from "./resources/community.ts";
export type { Content, FlowProject, MigrationInfo, PublicNotice } from "./resources/content.ts";
export type { ConvNovelEditor, DiscussRecord, OracleStreamRecord } from "./resources/conversation-documents.ts";
export type { ConversationRecord } from "./resources/conversation-record.ts";
export type { FlowTree, FlowTreeNode } from "./resources/conversation-tree.ts";
export type {
  AllConversationsOptions,
  ConversationListOptions,
  Conversations,
  CooperationOptions,
} from "./resources/conversations.ts";
export type { CooperationRecord, CooperatorRecord } from "./resources/cooperation.ts";
export type { CreditBalance, UserCredits } from "./resources/credits.ts";
export type { RequestOptions } from "./resources/edge-request.ts";
export type { EventStreamOptions, Events } from "./resources/events.ts";
export type { FlowNode } from "./resources/flow-node.ts";
export type { Jobs, PendingOptions } from "./resources/jobs.ts";
export type { ModelInfo } from "./resources/model-info.ts";
export type { ModelListOptions, Models } from "./resources/models.ts";
export type { OnlineSession, Presence } from "./resources/presence.ts";
export type { TemplateListOptions, TemplateRecord, Templates } from "./resources/templates.ts";
export type {
  AccountPort,
  CanvasPort,
  ContentPort,
  ConversationChanges,
  ConversationQuery,
  CooperationQuery,
  NewNode,
  OnlineSessionArguments,
  PageCursor,
  PageQuery,
  PresencePort,
} from "./rows/ports.ts";
export type { AuthPort, OAuthRequest } from "./session/auth-port.ts";
export type { SessionTokens, WebAppSession } from "./session/given-session.ts";
export type { KeyValueStore } from "./session/key-value-store.ts";
export type { SessionChange, SessionListener } from "./session/session-changes.ts";
export type { Session, SessionStore } from "./session/session-store.ts";
export { parseStoredSession } from "./session/stored-session.ts";
export type { RawRecord } from "./wire/records.ts";
export type { UserEvent } from "./wire/user-event.ts";
