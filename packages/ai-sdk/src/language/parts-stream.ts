import type { LanguageModelV4StreamPart } from "@ai-sdk/provider";

/**
 * Parts as they are asked for: nothing is read ahead, so that a page which reads slowly slows the stream down. The AI SDK does
 * not cancel when its reader leaves; the caller's abort signal ends the call.
 * @param cancel ends the call below
 */
export function partsStream(
  parts: AsyncGenerator<LanguageModelV4StreamPart, undefined>,
  cancel: () => void,
): ReadableStream<LanguageModelV4StreamPart> {
  return new ReadableStream(
    {
      async pull(controller) {
        const { value, done } = await parts.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      cancel,
    },
    { highWaterMark: 0 },
  );
}
