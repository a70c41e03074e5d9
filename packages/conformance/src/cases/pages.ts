import { assert } from "chai";
import type { Middleware } from "flowith-webapi";
import { answering } from "../answering.ts";
import type { ConformanceCase } from "../conformance-case.ts";
import { rejection } from "../rejection.ts";

/** The page of a proxy or of a network's sign-in, with status 200. */
export const pageCases: ConformanceCase[] = [
  {
    id: "jobs: a page in place of the post's answer is a lost answer: looked into, and told of",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.fault(user, { type: "html", status: 200, route: "POST /image_gen/async" });
      await control.fault(user, { type: "html", status: 200, route: "POST /completion/async" });
      const page: Middleware = async (request, next) => {
        const response = await next(request);
        if (new URL(request.url).pathname !== "/completion/async") return response;
        await response.body?.cancel();
        return new Response("<!DOCTYPE html><p>Welcome to our network</p>", {
          headers: { "content-type": "text/html" },
        });
      };
      const taken = await newClient({ middleware: [page] });
      const [error, text, other] = await Promise.all([
        rejection(flowith.generateImage("A boat")),
        flowith.generate("What is the capital of Poland?"),
        taken.flowith.generate("What is the capital of Poland?"),
      ]);
      assert.deepInclude(error, { name: "ResponseShapeError", isRetryable: false });
      assert.match(String(error), /POST \/image_gen\/async answered with an HTML page .*resume\(error\.handle\)/);
      assert.nestedPropertyVal(error, "handle.kind", "image");
      assert.include(text.text, "Warsaw");
      assert.include(other.text, "Warsaw");
      assert.lengthOf(await control.journal(user, "POST /image_gen/async"), 1);
      assert.lengthOf(await control.journal(user, "POST /completion/async"), 2);
      assert.lengthOf(await control.journal(taken.user, "POST /completion/async"), 1);
    },
  },
  {
    id: "text: a page in place of a direct text is no text, and a text that begins as a page is one",
    async run({ newClient, control }) {
      const { flowith, user } = await newClient();
      await control.fault(user, { type: "html", status: 200, route: "POST /completion" });
      const error = await rejection(flowith.generateStream("Hello", { direct: true }).output);
      assert.propertyVal(error, "name", "ResponseShapeError");
      assert.match(String(error), /POST \/completion answered with an HTML page/);
      const fragments = ["<!DOC", "TYPE html>", "<p>Hello</p>"];
      await control.script(user, { match: "a page", fragments, reasoning: "" });
      const { text } = await flowith.generateStream("Write a page", { direct: true }).output;
      assert.equal(text, fragments.join(""));
      for (const [body, name] of [
        ["<!DOCTYPE html><p>Welcome</p>", "ResponseShapeError"],
        ["<h", "no error"],
      ] as const) {
        const bare = await newClient({ middleware: [answering("/completion", body, { "content-type": "" })] });
        const stream = bare.flowith.generateStream("Hello", { direct: true });
        const end = await stream.output.then(
          (output) => ({ name: "no error", text: output.text }),
          (failure: unknown) => failure,
        );
        assert.propertyVal(end, "name", name);
        if (name === "no error") assert.propertyVal(end, "text", body);
      }
    },
  },
];
