import type { Flowith } from "flowith-webapi";
import { createContext, use } from "react";

export const ClientContext = createContext<Flowith | undefined>(undefined);

export function useFlowith(): Flowith {
  const flowith = use(ClientContext);
  if (flowith === undefined) throw new Error("There is no client above this component.");
  return flowith;
}
