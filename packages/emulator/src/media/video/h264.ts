import { BitWriter } from "./bit-writer.ts";

/**
 * The smallest H.264 encoder that does what a test clip needs (ITU-T H.264, baseline profile): macroblocks that changed
 * are sent as plain samples (I_PCM), all others are skipped. Loss-free, no transform, no prediction to get wrong.
 */

const startCode = new Uint8Array([0, 0, 0, 1]);

/** Three bytes that would look like a start code get a 3 put in (7.4.1). */
function unit(header: number, payload: Uint8Array): Uint8Array {
  const out = new Uint8Array(5 + payload.length + Math.ceil(payload.length / 2));
  out.set(startCode);
  out[4] = header;
  let length = 5;
  let zeros = 0;
  for (const byte of payload) {
    if (zeros === 2 && byte <= 3) {
      out[length++] = 3;
      zeros = 0;
    }
    out[length++] = byte;
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return out.subarray(0, length);
}

/** 7.3.2.1: width and height in macroblocks. */
function sequenceParameters(columns: number, rows: number): Uint8Array {
  const writer = new BitWriter();
  writer.bits(66, 8); // baseline
  writer.bits(0b1100_0000, 8); // constraint sets 0 and 1
  writer.bits(30, 8); // level 3
  writer.unsigned(0); // its id
  writer.unsigned(0); // frame_num has 4 bits
  writer.unsigned(2); // output order is decoding order
  writer.unsigned(1); // one reference frame
  writer.bits(0, 1); // no gaps in frame_num
  writer.unsigned(columns - 1);
  writer.unsigned(rows - 1);
  writer.bits(1, 1); // frames only
  writer.bits(1, 1); // direct_8x8_inference
  writer.bits(0, 2); // no cropping, no VUI
  return unit(0x67, writer.trailing());
}

/** 7.3.2.2 */
function pictureParameters(): Uint8Array {
  const writer = new BitWriter();
  writer.unsigned(0); // its id
  writer.unsigned(0); // of sequence 0
  writer.bits(0, 2); // CAVLC; no field order
  writer.unsigned(0); // one slice group
  writer.unsigned(0); // one reference, list 0
  writer.unsigned(0); // and list 1
  writer.bits(0, 3); // no weighted prediction
  writer.signed(0); // QP
  writer.signed(0); // QS
  writer.signed(0); // chroma QP offset
  writer.bits(0b100, 3); // slices say how they are deblocked
  return unit(0x68, writer.trailing());
}

function plainSamples(writer: BitWriter, type: number, block: Uint8Array): void {
  writer.unsigned(type);
  writer.align();
  writer.raw(block);
}

const pcmInI = 25;
const pcmInP = 30;

/** An IDR picture: every macroblock in full. */
function keyPicture(blocks: readonly Uint8Array[]): Uint8Array {
  const writer = new BitWriter(blocks.length * 400);
  writer.unsigned(0); // first macroblock
  writer.unsigned(7); // I slices only
  writer.unsigned(0); // picture parameters
  writer.bits(0, 4); // frame_num
  writer.unsigned(0); // idr_pic_id
  writer.bits(0, 2); // output earlier pictures; no long-term reference
  writer.signed(0); // QP
  writer.unsigned(1); // no deblocking
  for (const block of blocks) plainSamples(writer, pcmInI, block);
  return unit(0x65, writer.trailing());
}

function equal(a: Uint8Array, b: Uint8Array | undefined): boolean {
  return b !== undefined && Buffer.compare(a, b) === 0;
}

/** A picture that repeats the one before, but for what changed. */
function nextPicture(blocks: readonly Uint8Array[], before: readonly Uint8Array[], frameNumber: number): Uint8Array {
  const writer = new BitWriter(4096);
  writer.unsigned(0); // first macroblock
  writer.unsigned(5); // P slices only
  writer.unsigned(0); // picture parameters
  writer.bits(frameNumber & 15, 4);
  writer.bits(0, 3); // default references, in default order; sliding window
  writer.signed(0); // QP
  writer.unsigned(1); // no deblocking
  let skipped = 0;
  blocks.forEach((block, index) => {
    if (equal(block, before[index])) {
      skipped += 1;
      return;
    }
    writer.unsigned(skipped);
    skipped = 0;
    plainSamples(writer, pcmInP, block);
  });
  if (skipped > 0) writer.unsigned(skipped);
  return unit(0x41, writer.trailing());
}

/** The access units of a clip in Annex B form; the first is the only key frame. */
export function encodeH264(frames: readonly Uint8Array[][], columns: number, rows: number): Uint8Array[] {
  return frames.map((blocks, index) => {
    const before = frames[index - 1];
    if (before !== undefined) return nextPicture(blocks, before, index);
    return Buffer.concat([sequenceParameters(columns, rows), pictureParameters(), keyPicture(blocks)]);
  });
}
