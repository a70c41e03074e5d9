import type { ServerResponse } from "node:http";
import type { Frame } from "./frame.ts";
import { StreamBody } from "./stream-body.ts";

/** Looks at one frame and passes on none, one or several. */
export type FrameStage = (frame: Frame, emit: (frame: Frame) => void) => void;

export interface ConnectionRequest {
  readonly method: string;
  readonly path: string;
  readonly userId: string | undefined;
}

/** One streamed answer. Frames run through its stages, which is where faults sit, and then to the body. */
export class Connection {
  readonly request: ConnectionRequest;
  readonly body: StreamBody;
  readonly #stages: FrameStage[] = [];

  constructor(request: ConnectionRequest, outgoing: ServerResponse | undefined, onClose: () => void) {
    this.request = request;
    this.body = new StreamBody(outgoing, onClose);
  }

  addStage(stage: FrameStage): void {
    this.#stages.push(stage);
  }

  send(frame: Frame): void {
    this.#pass(frame, 0);
  }

  #pass(frame: Frame, index: number): void {
    const stage = this.#stages[index];
    if (stage === undefined) this.#write(frame);
    else stage(frame, (next) => this.#pass(next, index + 1));
  }

  #write({ kind, text }: Frame): void {
    if (kind === "end") this.body.end();
    else if (kind === "cut") this.body.cut();
    else this.body.write(text);
  }
}
