// What this example uses of Workers' types; a real project has them of @cloudflare/workers-types or `wrangler types`.
declare module "cloudflare:workers" {
  export class DurableObject {
    protected ctx: { storage: DurableObjectStorage };
  }
}

interface DurableObjectStorage {
  get(key: string): Promise<unknown>;
  put(key: string, value: string): Promise<void>;
  delete(key: string): Promise<boolean>;
}

interface DurableObjectNamespace<T> {
  idFromName(name: string): { readonly name?: string };
  get(id: { readonly name?: string }): T;
}

interface R2Bucket {
  put(key: string, value: ReadableStream<Uint8Array>, options?: object): Promise<unknown>;
  get(key: string): Promise<{ body: ReadableStream; httpMetadata?: { contentType?: string } } | null>;
}
