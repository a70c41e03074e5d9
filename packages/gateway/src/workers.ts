export {
  createGatewayWorker,
  type GatewayWorker,
  type GatewayWorkerOptions,
  type UserObjects,
} from "./workers/create-gateway-worker.ts";
export type { UserObject, UserObjectClass, UserObjectState } from "./workers/user-object.ts";
