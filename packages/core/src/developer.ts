// The third entry, `@flowith-webapi/core/developer`: the client of the developer API, on the rooms that `./http` has too.
// The build shares its classes with the other entries, so that `instanceof` holds across all.

export type { AnswerStream } from "./developer/answer-stream.ts";
export type { ChatChoice, ChatChunk, ChatOutput, ChatUsage, ToolCall } from "./developer/chat-answer.ts";
export type { ChatOptions, ChatTool, ToolChoice } from "./developer/chat-options.ts";
export { type ChatStream, DeveloperClient, type DeveloperPlatform } from "./developer/developer-client.ts";
export type { DeveloperPicture } from "./developer/developer-media.ts";
export type {
  ChatMessage,
  ChatMessagePart,
  KnowledgeMessage,
  MessageToolCall,
} from "./developer/developer-messages.ts";
export type { DeveloperClientOptions } from "./developer/developer-options.ts";
export type { Knowledge, KnowledgeOptions, KnowledgeStream } from "./developer/knowledge.ts";
export type { KnowledgeAnswer, KnowledgeChunk, KnowledgeSource } from "./developer/knowledge-answer.ts";
export type { KnowledgeSession, KnowledgeSessionOptions } from "./developer/knowledge-session.ts";
export type {
  DeveloperImageOptions,
  DeveloperMediaOptions,
  DeveloperMusicOptions,
  DeveloperVideoOptions,
} from "./developer/media-options.ts";
export type {
  MediaTask,
  TaskHandle,
  TaskKind,
  TaskOutput,
  TaskWaitOptions,
} from "./developer/media-task.ts";
export type { TaskStatus } from "./developer/task-status.ts";
export { type FailedToolCall, ToolCallError, type ToolCallFault } from "./developer/tool-call-error.ts";
export * from "./errors/index.ts";
export type { FetchLike, Middleware } from "./http/middleware.ts";
export type { RequestKind } from "./http/request-kind.ts";
export type { GeneratedImage, GeneratedMedia } from "./media/generated-media.ts";
export type { MediaSaver, SavedMedia, SaveOptions, SaveTarget } from "./media/save-port.ts";
export type { Logger, LogLevel } from "./options/logger.ts";
export type { CallOptions, Progress, TimeoutOptions } from "./options/options.ts";
export type { RawRecord } from "./wire/records.ts";
