import type { Connection } from "../streams/connection.ts";
import { type Frame, heartbeatFrame } from "../streams/frame.ts";

export type Channel = "stream" | "sse";

interface KeptFrame {
  frame: Frame;
  keptAtMs: number;
}

interface Mailbox {
  connections: Set<Connection>;
  kept: KeptFrame[];
}

export interface EventHub {
  publish(userId: string, channel: Channel, frame: Frame): void;
  /** Returns what ends the subscription. */
  subscribe(userId: string, channel: Channel, connection: Connection): () => void;
  clear(): void;
}

export interface EventHubOptions {
  now: () => number;
  /** Asked anew before each beat. */
  heartbeatMs: () => number;
  /** Whether what was published while nobody listened is handed to the next listener. */
  replays: (userId: string) => boolean;
  keepMs?: number;
}

/** Events of all users: each goes to every connection that its user has open on a channel. */
export function createEventHub(options: EventHubOptions): EventHub {
  const keepMs = options.keepMs ?? 30_000;
  const mailboxes = new Map<string, Mailbox>();
  const listening = new Set<Connection>();
  let heartbeat: NodeJS.Timeout | undefined;

  function mailbox(userId: string, channel: Channel): Mailbox {
    const key = `${channel} ${userId}`;
    let found = mailboxes.get(key);
    if (found === undefined) {
      found = { connections: new Set(), kept: [] };
      mailboxes.set(key, found);
    }
    return found;
  }

  function keep(kept: KeptFrame[], frame: Frame): void {
    const nowMs = performance.now();
    const firstFresh = kept.findIndex(({ keptAtMs }) => keptAtMs >= nowMs - keepMs);
    kept.splice(0, firstFresh === -1 ? kept.length : firstFresh);
    kept.push({ frame, keptAtMs: nowMs });
  }

  function scheduleBeat(): void {
    heartbeat = setTimeout(() => {
      const frame = heartbeatFrame(options.now());
      for (const connection of listening) connection.send(frame);
      scheduleBeat();
    }, options.heartbeatMs());
  }

  function stopWhenAlone(): void {
    if (listening.size > 0) return;
    clearTimeout(heartbeat);
    heartbeat = undefined;
  }

  return {
    publish(userId, channel, frame) {
      const { connections, kept } = mailbox(userId, channel);
      let isHeard = false;
      for (const connection of connections) {
        if (!connection.body.isOpen) continue;
        isHeard = true;
        connection.send(frame);
      }
      // real time, not the movable clock: moving the clock must not lose events that are on their way
      if (!isHeard && options.replays(userId)) keep(kept, frame);
    },
    subscribe(userId, channel, connection) {
      const box = mailbox(userId, channel);
      const oldest = performance.now() - keepMs;
      if (box.connections.size === 0 && options.replays(userId)) {
        for (const { frame, keptAtMs } of box.kept) if (keptAtMs >= oldest) connection.send(frame);
      }
      box.kept = [];
      box.connections.add(connection);
      listening.add(connection);
      if (heartbeat === undefined) scheduleBeat();
      return () => {
        box.connections.delete(connection);
        listening.delete(connection);
        stopWhenAlone();
      };
    },
    clear() {
      mailboxes.clear();
      listening.clear();
      stopWhenAlone();
    },
  };
}
