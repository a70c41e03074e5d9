import type { ConformanceCase } from "../conformance-case.ts";
import { accountCases } from "./account.ts";
import { authCases } from "./auth.ts";
import { badInputCases } from "./bad-input.ts";
import { badInputTextCases } from "./bad-input-text.ts";
import { billedPostCases } from "./billed-posts.ts";
import { callBackCases } from "./call-backs.ts";
import { catalogueCases } from "./catalogue.ts";
import { contentCases } from "./content.ts";
import { conversationCases } from "./conversation.ts";
import { conversationTitleCases } from "./conversation-titles.ts";
import { conversationTrimmingCases } from "./conversation-trimming.ts";
import { conversationTurnCases } from "./conversation-turns.ts";
import { conversationsCases } from "./conversations.ts";
import { developerChatCases } from "./developer-chat.ts";
import { developerKeyCases } from "./developer-key.ts";
import { developerKnowledgeCases } from "./developer-knowledge.ts";
import { developerMediaCases } from "./developer-media.ts";
import { developerStreamCases } from "./developer-streams.ts";
import { developerToolCases } from "./developer-tools.ts";
import { eventsStreamCases } from "./events-stream.ts";
import { eventsUserCases } from "./events-users.ts";
import { faultCases } from "./faults.ts";
import { imageCases } from "./image.ts";
import { jobNoteCases } from "./job-notes.ts";
import { jobStoreCases } from "./job-store.ts";
import { jobCases } from "./jobs.ts";
import { keepInitCases } from "./jobs-keep-init.ts";
import { unpostedCases } from "./jobs-unposted.ts";
import { lateAnswerCases } from "./late-answers.ts";
import { limitCases } from "./limits.ts";
import { manyCases } from "./many.ts";
import { manyResumedCases } from "./many-resumed.ts";
import { manyUserCases } from "./many-users.ts";
import { mediaAnswerCases } from "./media-answers.ts";
import { noWebStreamCases } from "./no-web-streams.ts";
import { observingCases } from "./observing.ts";
import { pageCases } from "./pages.ts";
import { platformCases } from "./platforms.ts";
import { presenceCases } from "./presence.ts";
import { regressionCases } from "./regressions.ts";
import { relayCases } from "./relay.ts";
import { repeatedWriteCases } from "./repeated-writes.ts";
import { requestCases } from "./requests.ts";
import { serviceFetchCases } from "./service-fetch.ts";
import { sessionCases } from "./session.ts";
import { sessionChangeCases } from "./session-changes.ts";
import { sessionUserCases } from "./session-users.ts";
import { streamCases } from "./stream.ts";
import { textCases } from "./text.ts";
import { titleCases } from "./title.ts";
import { uploadCases } from "./upload.ts";
import { uploadSourceCases } from "./upload-sources.ts";
import { uploadStreamCases } from "./upload-streams.ts";
import { uploadUrlCases } from "./upload-urls.ts";
import { validateCases } from "./validate.ts";
import { videoCases } from "./video.ts";
import { weatherCases } from "./weather.ts";

/** All statements, in no order that matters: each has a user of its own. */
export const cases: readonly ConformanceCase[] = [
  ...textCases,
  ...streamCases,
  ...relayCases,
  ...conversationCases,
  ...conversationTurnCases,
  ...conversationTrimmingCases,
  ...conversationTitleCases,
  ...imageCases,
  ...mediaAnswerCases,
  ...validateCases,
  ...titleCases,
  ...videoCases,
  ...uploadCases,
  ...uploadSourceCases,
  ...uploadStreamCases,
  ...uploadUrlCases,
  ...faultCases,
  ...badInputCases,
  ...badInputTextCases,
  ...sessionCases,
  ...sessionUserCases,
  ...sessionChangeCases,
  ...authCases,
  ...manyUserCases,
  ...jobStoreCases,
  ...jobCases,
  ...unpostedCases,
  ...jobNoteCases,
  ...keepInitCases,
  ...billedPostCases,
  ...lateAnswerCases,
  ...manyCases,
  ...manyResumedCases,
  ...callBackCases,
  ...observingCases,
  ...serviceFetchCases,
  ...regressionCases,
  ...requestCases,
  ...limitCases,
  ...noWebStreamCases,
  ...pageCases,
  ...repeatedWriteCases,
  ...conversationsCases,
  ...accountCases,
  ...catalogueCases,
  ...contentCases,
  ...presenceCases,
  ...platformCases,
  ...eventsStreamCases,
  ...eventsUserCases,
  ...developerKnowledgeCases,
  ...developerChatCases,
  ...developerStreamCases,
  ...developerToolCases,
  ...developerMediaCases,
  ...developerKeyCases,
  ...weatherCases,
];
