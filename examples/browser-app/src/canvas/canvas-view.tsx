import {
  Background,
  Controls,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  useStore as useFlowStore,
  useReactFlow,
} from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import { useEffect, useMemo, useRef, useState } from "react";
import { Composer } from "../chat/composer.tsx";
import type { Conversation } from "../chat/conversation.ts";
import { isLive } from "../chat/turn.ts";
import { pathTo, turnTree } from "../chat/turn-tree.ts";
import { useStore } from "../client/store.ts";
import { DropArea } from "../inputs/drop-area.tsx";
import { ProblemNote } from "../problems/problem-note.tsx";
import { useDesk } from "../shell/desk.ts";
import { go } from "../shell/route.ts";
import { CARD_HEIGHT, CARD_WIDTH, layOut } from "./lay-out.ts";
import { type CardCalls, NodeCache } from "./node-cache.ts";
import { TurnCard } from "./turn-card.tsx";

const nodeTypes = { turn: TurnCard };
/** Drawing so many cards out of sight takes longer than finding out which they are. */
const MANY = 100;
const ORIGIN = { x: 0, y: 0 };
/** A width of the screen in which so many cards can be read when all are in sight. */
const WIDTH_OF_A_FITTING_CARD = 160;

export function CanvasView({ conversation }: { conversation: Conversation }) {
  return (
    <ReactFlowProvider>
      <Canvas conversation={conversation} />
    </ReactFlowProvider>
  );
}

/** All branches of a conversation, to be read and gone on from anywhere. */
function Canvas({ conversation }: { conversation: Conversation }) {
  const desk = useDesk();
  const { turns, activeKey, load, problem, convId } = useStore(conversation.store);
  const field = useRef<HTMLTextAreaElement>(null);
  const flow = useReactFlow();
  const tree = useMemo(() => turnTree(turns.values()), [turns]);
  const shape = [...turns.values()].map(({ key, parentKey }) => `${key}<${parentKey}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is written into turns moves none of them
  const places = useMemo(() => layOut(tree), [shape]);
  const calls = useMemo(
    (): CardCalls => ({
      onGoOn: (key) => {
        conversation.goOnFrom(key);
        field.current?.focus();
      },
      onRead: (key) => {
        conversation.choose(key);
        go({ view: "chat", convId });
      },
      onReached: (key) => {
        const place = flow.getNode(key)?.position ?? ORIGIN;
        const [x, y] = [place.x + CARD_WIDTH / 2, place.y + CARD_HEIGHT / 2];
        void flow.setCenter(x, y, { zoom: flow.getZoom() });
      },
    }),
    [conversation, convId, flow],
  );
  const [cache] = useState(() => new NodeCache());
  const nodes = useMemo(
    () =>
      [...turns.values()].map((turn) =>
        cache.node(turn, turn.key === activeKey, places.get(turn.key) ?? ORIGIN, calls),
      ),
    [turns, places, activeKey, calls, cache],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  const edges = useMemo(() => {
    const path = new Set(pathTo(turns, activeKey).map(({ key }) => key));
    return [...turns.values()].flatMap(({ key, parentKey }) =>
      parentKey === undefined || !turns.has(parentKey)
        ? []
        : [{ id: key, source: parentKey, target: key, className: path.has(key) ? "on-path" : "" }],
    );
  }, [shape, activeKey]);

  useEffect(() => {
    void conversation.load();
  }, [conversation]);

  const count = turns.size;
  const width = useFlowStore((flowState) => flowState.width);
  useEffect(() => {
    if (count === 0 || width === 0) return;
    const isMuch = count > width / WIDTH_OF_A_FITTING_CARD && activeKey !== undefined;
    void flow.fitView({ maxZoom: 1, padding: 0.15, ...(isMuch && { nodes: [{ id: activeKey }] }) });
  }, [flow, count, activeKey, width]);

  const active = turns.get(activeKey ?? "");
  return (
    <DropArea inputs={desk.inputs} className="canvas-area">
      {load === "failed" && (
        <ProblemNote problem={problem}>
          <button type="button" onClick={() => void conversation.load()}>
            Try again
          </button>
        </ProblemNote>
      )}
      <section className="flow" aria-label="Canvas" aria-busy={load === "loading"}>
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          colorMode="system"
          minZoom={0.1}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          // Keys reach only what is there.
          onlyRenderVisibleElements={count > MANY}
        >
          <Background />
          <Controls showInteractive={false} />
          <MiniMap pannable zoomable ariaLabel="Small map" />
        </ReactFlow>
      </section>
      <Composer
        field={field}
        conversation={conversation}
        live={active !== undefined && isLive(active) ? active : undefined}
        onSend={(question) => void conversation.ask(question, activeKey)}
      />
    </DropArea>
  );
}
