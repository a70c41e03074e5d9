import { assert } from "chai";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

export const badInputCases: ConformanceCase[] = [
  {
    id: "bad input: an empty prompt is refused before any request",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      for (const prompt of ["", "  \n"]) {
        const error = await rejection(flowith.generate(prompt));
        assert.propertyVal(error, "name", "InvalidArgumentError");
        assert.match(String(error), /generate: the prompt is empty/);
      }
      assert.lengthOf(await control.journal(user), 0);
    },
  },
  {
    id: "bad input: an unknown option is named, with those that exist",
    async run({ newClient, createClient }) {
      const { flowith } = await newClient();
      const wrong: object = { modle: "gpt" };
      const error = await rejection(flowith.generate("Hello", wrong));
      assert.propertyVal(error, "name", "InvalidArgumentError");
      assert.match(String(error), /no option "modle".*\bmodel\b/);
      const wrongOptions: object = { tokn: "x" };
      assert.throws(() => createClient(wrongOptions), /no option "tokn"/);
    },
  },
  {
    id: "bad input: a value of the wrong type is named",
    async run({ newClient, createClient }) {
      const { flowith } = await newClient();
      const wrong: object = { timeout: { totalMs: "soon" } };
      assert.match(String(await rejection(flowith.generate("Hello", wrong))), /timeout\.totalMs/);
      const wrongToken: object = { token: 42 };
      assert.throws(() => createClient(wrongToken), /option "token"/);
    },
  },
  {
    id: "bad input: no token, or one that is none, is an AuthenticationError at the first call",
    async run({ createClient }) {
      const missing = await rejection(createClient({}).generate("Hello"));
      assert.propertyVal(missing, "name", "AuthenticationError");
      assert.match(String(missing), /No token was given/);
      const malformed = await rejection(createClient({ token: "not-a-jwt" }).generate("Hello"));
      assert.propertyVal(malformed, "name", "AuthenticationError");
      assert.notInclude(String(malformed), "not-a-jwt");
    },
  },
  {
    id: "bad input: a path that cannot be read is refused, with what to do, before any request",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      for (const source of ["./no-such-file.bin", { path: "./no-such-file.bin" }]) {
        const error = await rejection(flowith.uploadFile(source));
        assert.propertyVal(error, "name", "InvalidArgumentError");
        assert.match(String(error), /no-such-file\.bin.*(Check the path|Pass a File|Run Deno with)/);
      }
      assert.lengthOf(await control.journal(user), 0);
    },
  },
  {
    id: "bad input: a target that the platform does not know is refused before the file is fetched",
    async run({ newClient }) {
      const kinds: string[] = [];
      const { flowith } = await newClient({
        middleware: [
          (request, next, { kind }) => {
            kinds.push(kind);
            return next(request);
          },
        ],
      });
      const { image } = await flowith.generateImage("A cat");
      const wrong: object = {};
      const error = await rejection(image.save(wrong as URL));
      assert.propertyVal(error, "name", "InvalidArgumentError");
      assert.match(String(error), /^InvalidArgumentError: save: /);
      assert.notInclude(kinds, "download");
    },
  },
  {
    id: "bad input: an unreachable host is a ConnectionError that names the options",
    async run({ control, createClient }) {
      const user = await control.newUser();
      const nowhere = "http://127.0.0.1:9";
      const client = createClient({ token: user.token, edgeUrl: nowhere, supabaseUrl: nowhere, maxRetries: 0 });
      const error = await rejection(client.generate("Hello"));
      assert.propertyVal(error, "name", "ConnectionError");
      assert.match(String(error), /edgeUrl and supabaseUrl/);
    },
  },
];
