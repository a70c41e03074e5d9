/** What is better here, each with the test that proves it: a case's id, `file › test`, or a recorded call. */
export const improvements: readonly { claim: string; proof: string }[] = [
  {
    claim: "A session remembers: each turn is sent with those before it.",
    proof: "conversations: one remembers, since every turn is sent with those before it",
  },
  {
    claim: "A turn hangs under the last answer, where the canvas shows it.",
    proof: "conversations: each turn hangs under the last answer, where the canvas shows it",
  },
  {
    claim: "A cut of the event stream loses nothing and repeats nothing.",
    proof: "faults: a stream that is cut loses and repeats nothing",
  },
  {
    claim: "A job that fails ends the wait, with its reason and the text so far.",
    proof: "faults: a failed job is a JobFailedError with its reason and what had come",
  },
  {
    claim: "`<think>` tags that are cut in two by the stream are tags all the same.",
    proof: "reasoning-splitter.test.ts › gives the same whatever the cuts are",
  },
  {
    claim: "Many jobs share one event connection.",
    proof: "text: many jobs at once share one event connection",
  },
  {
    claim: "`onSubmit` hands the job's handle out before it is posted, and another process can wait for it.",
    proof: "jobs: each kind is submitted here and waited for by another client",
  },
  {
    claim: "An expired token is refreshed when it is time, once for all calls.",
    proof: "auth: an expired token is refreshed before it is used, once for all",
  },
  {
    claim: "A new refresh token is stored before its access token is used.",
    proof: "auth: the rotated refresh token goes to the store before the new token is used",
  },
  {
    claim: "Renaming a conversation works: it is an update, not an insert that conflicts.",
    proof: "gives › FlowithClient.rename_conversation",
  },
  {
    claim: "A sign-out ends the sessions that it names, since its scope is sent where the server reads it.",
    proof: "auth: a local logout leaves the user's other sessions, and one of the others leaves this",
  },
  {
    claim: "The parameters of a sign-in page stand where the server reads them.",
    proof: "auth: the address of the implicit flow has its parameters where the server reads them",
  },
  {
    claim: "Reads are repeated after 503, and `Retry-After` is honoured.",
    proof: "faults: a read is repeated after 503, and honours Retry-After",
  },
  {
    claim: "A post whose answer was lost is not made twice.",
    proof: "jobs: a post whose answer was lost is not repeated where it had arrived",
  },
  {
    claim: "`save` never leaves half a file.",
    proof: "save-file.test.ts › leaves nothing behind when the download breaks off",
  },
  {
    claim: "A file over the limit is refused before a byte goes out.",
    proof: "upload: refuses what is too large before a byte is sent",
  },
  {
    claim: "Wrong options are refused by name, before any request.",
    proof: "bad input: an unknown option is named, with those that exist",
  },
  {
    claim: "An existing file is left alone: `save` finds a free name.",
    proof: "save-file.test.ts › leaves an existing file alone and finds a free name",
  },
  {
    claim: "`fork` goes on from an earlier answer, and knows only what led there.",
    proof: "conversations: a fork knows only what led to its node, and hangs there beside the other branch",
  },
  {
    claim: "A file that is uploaded says by itself what it is, by its name or its first bytes.",
    proof: "upload: what a file is, is told by its name, else by its first bytes",
  },
];
