import type { FrameStage } from "../streams/connection.ts";
import type { Frame } from "../streams/frame.ts";

/** A stage for events alone, told how many came before; heartbeats and noise pass. */
export function eachEvent(handle: (frame: Frame, index: number, emit: (frame: Frame) => void) => void): FrameStage {
  let index = 0;
  return (frame, emit) => {
    if (frame.kind !== "event" && frame.kind !== "text") {
      emit(frame);
      return;
    }
    handle(frame, index, emit);
    index += 1;
  };
}
