export { type FileKeyStoreOptions, fileKeyStore } from "./keys/file-key-store.ts";
export { prometheusMetrics } from "./service/prometheus-metrics.ts";
