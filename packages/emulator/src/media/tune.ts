import { createRandom, hashOf } from "../random.ts";

const sampleRate = 8_000;
const noteSeconds = 0.25;
/** Of a pentatonic scale, in Hz: whatever follows, it sounds well. */
const notes = [262, 294, 330, 392, 440, 523];

/** A WAV file that plays: eight notes that its prompt decides. */
export function makeTune(prompt: string): Uint8Array<ArrayBuffer> {
  const random = createRandom(hashOf(prompt));
  const perNote = sampleRate * noteSeconds;
  const count = 8 * perNote;
  const bytes = new Uint8Array(44 + count * 2);
  const view = new DataView(bytes.buffer);
  const text = (at: number, value: string): void => bytes.set(new TextEncoder().encode(value), at);
  text(0, "RIFF");
  view.setUint32(4, bytes.length - 8, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, count * 2, true);
  for (let note = 0; note < 8; note++) {
    const hertz = notes[Math.floor(random() * notes.length)] ?? 440;
    for (let index = 0; index < perNote; index++) {
      const fade = 1 - index / perNote;
      const value = Math.sin((2 * Math.PI * hertz * index) / sampleRate) * fade * 12_000;
      view.setInt16(44 + (note * perNote + index) * 2, Math.round(value), true);
    }
  }
  return bytes;
}
