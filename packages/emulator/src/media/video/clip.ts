import type { EncodedAudioPacketSource } from "mediabunny";
import { drawScene } from "../scene.ts";
import { encodeH264 } from "./h264.ts";
import { macroblocksOf } from "./macroblock.ts";

export interface ClipSize {
  width: number;
  height: number;
}

export interface ClipOptions extends ClipSize {
  durationSeconds: number;
  /** Adds a silent sound track. */
  audio: boolean;
}

const framesPerSecond = 6;
const pixels = 240 * 240;

/** Small whatever was asked for: a ratio such as `16:9`, sides in multiples of 16 as the codec wants them. */
export function clipSize(aspectRatio: string): ClipSize | undefined {
  const match = aspectRatio.match(/^(\d{1,2}):(\d{1,2})$/);
  const [across, down] = [Number(match?.[1] ?? 0), Number(match?.[2] ?? 0)];
  if (across === 0 || down === 0 || across / down > 4 || down / across > 4) return undefined;
  const side = (part: number): number => Math.round((part * Math.sqrt(pixels / (across * down))) / 16) * 16;
  return { width: side(across), height: side(down) };
}

/** The ball goes across the sky in a bow. */
function frames(prompt: string, { width, height, durationSeconds }: ClipOptions): Uint8Array[][] {
  const count = Math.max(2, Math.round(durationSeconds * framesPerSecond));
  return Array.from({ length: count }, (_, index) => {
    const progress = index / (count - 1);
    const ball = { x: 0.1 + 0.8 * progress, y: 0.3 - 0.14 * Math.sin(progress * Math.PI) };
    return macroblocksOf(drawScene(prompt, width, height, ball));
  });
}

/** A frame of 20 ms that Opus decodes as silence, and the header that stands before a mono stream (RFC 7845, 5.1). */
const silence = new Uint8Array([0xf8, 0xff, 0xfe]);
const opusHead = new Uint8Array([
  0x4f, 0x70, 0x75, 0x73, 0x48, 0x65, 0x61, 0x64, 1, 1, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0,
]);

async function addSilence(source: EncodedAudioPacketSource, seconds: number): Promise<void> {
  const { EncodedPacket } = await import("mediabunny");
  const decoderConfig = { codec: "opus", numberOfChannels: 1, sampleRate: 48_000, description: opusHead };
  for (let index = 0; index < seconds * 50; index += 1) {
    await source.add(new EncodedPacket(silence, "key", index / 50, 1 / 50), { decoderConfig });
  }
}

/** An MP4 that plays and shows its prompt. */
export async function makeClip(prompt: string, options: ClipOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height, durationSeconds, audio } = options;
  // a tenth of the time of a start, for what most runs never make
  const { BufferTarget, EncodedAudioPacketSource, EncodedPacket, EncodedVideoPacketSource, Mp4OutputFormat, Output } =
    await import("mediabunny");
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: "in-memory" }), target });
  const video = new EncodedVideoPacketSource("avc");
  output.addVideoTrack(video, { frameRate: framesPerSecond });
  const sound = audio ? new EncodedAudioPacketSource("opus") : undefined;
  if (sound !== undefined) output.addAudioTrack(sound);
  await output.start();
  const decoderConfig = { codec: "avc1.42c01e", codedWidth: width, codedHeight: height };
  const units = encodeH264(frames(prompt, options), width / 16, height / 16);
  for (const [index, data] of units.entries()) {
    const packet = new EncodedPacket(data, index === 0 ? "key" : "delta", index / framesPerSecond, 1 / framesPerSecond);
    await video.add(packet, { decoderConfig });
  }
  if (sound !== undefined) await addSilence(sound, durationSeconds);
  await output.finalize();
  if (target.buffer === null) throw new Error("The muxer gave no file");
  return new Uint8Array(target.buffer);
}
