import type { JobKind, ManyInput } from "flowith-webapi";

/** One job of a batch, checked. */
export interface BatchLine {
  /** Its place among the jobs, from 0. */
  index: number;
  /** Its place in the input, from 1, blank lines counted. */
  line: number;
  id: string;
  kind: JobKind;
  /** What `generateMany` is given. */
  input: ManyInput & object;
  /** Fields that are no options. */
  own: Record<string, unknown>;
  /** Of what is asked for: one that has a result is known by it for the same in a later run. */
  digest: string;
}
