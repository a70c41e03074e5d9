import { InvalidArgumentError } from "@ai-sdk/provider";
import { VIDEO_LINES, type VideoResolution, videoResolution } from "@flowith-webapi/chat-bridge";

/**
 * A clip's resolution, and its shape for where no other is asked for.
 * @param argument the option that it comes from
 * @throws InvalidArgumentError for what is none
 */
export function resolutionOf(argument: string, resolution: unknown): Partial<VideoResolution> {
  if (resolution === undefined) return {};
  const known = videoResolution(String(resolution));
  if (known !== undefined) return known;
  const message = `${argument}: ${JSON.stringify(resolution)} is no resolution of a clip. Pass one such as "720p" or "1280x720", of ${VIDEO_LINES.join(", ")} lines; another one that the model has goes as providerOptions.flowith.extraBody.resolution.`;
  throw new InvalidArgumentError({ argument, message });
}
