import { InvalidArgumentError } from "@ai-sdk/provider";
import { commonRatioOf } from "@flowith-webapi/chat-bridge";

/** Lines of a clip's shorter side. The catalogue of models says nothing of them. */
const LINES = [360, 480, 540, 576, 720, 768, 1080, 1440, 2160];

/**
 * A clip's resolution as the service takes it: `720p`, which is also the shorter side of `1280x720`. Of pixels the shape too,
 * for where no other is asked for.
 * @param argument the option that it comes from
 * @throws InvalidArgumentError for what is neither: the service takes any text, and the clip is paid
 */
export function resolutionOf(
  argument: string,
  resolution: unknown,
): { lines: string | undefined; ratio?: string | undefined } {
  if (resolution === undefined) return { lines: undefined };
  const [, lines, width, height] = /^(?:(\d+)p|(\d+)x(\d+))$/i.exec(String(resolution)) ?? [];
  const shorter = lines === undefined ? Math.min(Number(width), Number(height)) : Number(lines);
  const ratio = lines === undefined ? commonRatioOf(Number(width), Number(height)) : undefined;
  if (LINES.includes(shorter) && (lines !== undefined || ratio !== undefined)) return { lines: `${shorter}p`, ratio };
  const message = `${argument}: ${JSON.stringify(resolution)} is no resolution of a clip. Pass one such as "720p" or "1280x720", of ${LINES.join(", ")} lines; another one that the model has goes as providerOptions.flowith.extraBody.resolution.`;
  throw new InvalidArgumentError({ argument, message });
}
