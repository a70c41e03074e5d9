export type { Account, Caller } from "./accounts/account.ts";
export { createGateway, type Gateway, type GatewayFetch } from "./create-gateway.ts";
export type { GatewayOptions } from "./gateway-options.ts";
export { type KeyStore, type OperatorKey, operatorKeys } from "./keys/key-store.ts";
export { type NewKey, newKey } from "./keys/new-key.ts";
export type { GatewayMetrics } from "./service/metrics.ts";
export type { RequestEntry } from "./service/request-entry.ts";
