import { bytesOfStream, partsOfStream } from "../bytes/whole-stream.ts";
import { type DownloadOptions, type MediaDownload, openDownload } from "../http/download.ts";
import type { Transport } from "../http/transport.ts";
import { HeardCalls } from "../options/call-back.ts";
import type { CallOptions, Progress } from "../options/options.ts";
import { checkAgainst, checkCall } from "../options/options-check.ts";
import { linkedAbort } from "../timing/linked-abort.ts";
import { withSignal } from "../timing/with-signal.ts";
import { type MediaSaver, type SavedMedia, type SaveOptions, type SaveTarget, saveSchema } from "./save-port.ts";

/** A generated picture or clip. It is fetched when it is asked for, without the token. */
export interface GeneratedMedia {
  readonly url: string;
  readonly model: string;
  /**
   * Its bytes as they come, without their type and length, which `blob()` tells.
   * @throws ConnectionError where it breaks off, TimeoutError after 30 s without a byte, ResponseShapeError where the host
   *   answers with success but a page, a part of the file or nothing comes
   * @example
   * const { image } = await flowith.generateImage("A ripe banana");
   * const response = new Response(await image.stream(), { headers: { "content-type": "image/png" } });
   */
  stream(options?: CallOptions): Promise<ReadableStream<Uint8Array>>;
  /**
   * All of it, in memory.
   * @example
   * const { image } = await flowith.generateImage("A ripe banana");
   * const bytes = await image.bytes();
   */
  bytes(options?: CallOptions): Promise<Uint8Array>;
  /**
   * With the content type that the file host names, so that `new Response(blob)` tells type and length.
   * @example
   * const { image } = await flowith.generateImage("A ripe banana");
   * const address = URL.createObjectURL(await image.blob());
   */
  blob(options?: CallOptions): Promise<Blob>;
  /**
   * Never leaves half a file behind.
   * @throws FileSaveError
   * @example
   * const { image } = await flowith.generateImage("A ripe banana");
   * const { location } = await image.save("pictures", { filename: "banana.png" });
   */
  save(target?: SaveTarget, options?: SaveOptions): Promise<SavedMedia>;
}

/** A generated picture. */
export type GeneratedImage = GeneratedMedia;
/** A generated clip. */
export type GeneratedVideo = GeneratedMedia;

export interface MediaTools {
  transport: Transport;
  files: MediaSaver;
}

/** @param known what is known of the file before it comes */
export function generatedMedia(
  tools: MediaTools,
  url: string,
  model: string,
  known: Pick<DownloadOptions, "mayBePage" | "wantedType"> = {},
): GeneratedMedia {
  const open = (label: string, options: CallOptions = {}): ReturnType<typeof openDownload> => {
    checkCall(label, options);
    return openDownload(tools.transport, url, options, known);
  };
  return {
    url,
    model,
    stream: async (options) => (await open("stream", options)).body,
    bytes: async (options) => bytesOfStream((await open("bytes", options)).body),
    async blob(options) {
      const { body, headers } = await open("blob", options);
      return new Blob(await partsOfStream(body), { type: headers.get("content-type") ?? "application/octet-stream" });
    },
    async save(target, options = {}) {
      checkAgainst("save", saveSchema, options);
      const { filename: _name, key: _key, overwrite: _overwrite, onProgress, ...call } = options;
      let failure: { error: unknown } | undefined;
      const stop = linkedAbort(call.signal);
      const fail = (error: unknown): void => {
        failure ??= { error };
      };
      const calls = new HeardCalls((error) => {
        fail(error);
        stop.abort(error);
      });
      const report = (progress: Progress): void => {
        try {
          calls.call(() => onProgress?.(progress));
        } catch (error) {
          fail(error);
          throw error;
        }
      };
      const reported = onProgress && { onProgress: report };
      const openFile = (): Promise<MediaDownload> =>
        openDownload(tools.transport, url, { ...call, signal: stop.signal }, { ...known, ...reported });
      try {
        const saved = await tools.files.save(openFile, target, options);
        await withSignal(calls.settled(), stop.signal);
        return saved;
      } catch (error) {
        // Whoever saves takes what breaks the download off for a fault of the target.
        throw failure === undefined ? error : failure.error;
      } finally {
        stop.release();
      }
    },
  };
}
