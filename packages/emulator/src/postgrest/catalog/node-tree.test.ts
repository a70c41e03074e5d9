import { expect, it } from "vitest";
import { originColumns } from "./node-tree.ts";

it("reads the columns of the outer query only, whatever their names", () => {
  const inner = "{QUERY :targetList ({TARGETENTRY :expr <> :resno 1 :resorigtbl 7 :resorigcol 7 :resjunk false})}";
  const tree = `({QUERY :rtable (${inner}) :targetList ({TARGETENTRY :expr {VAR :varno 1} :resno 1 :resname a\\ :resno\\ 9\\} :ressortgroupref 0 :resorigtbl 42 :resorigcol 3 :resjunk false} {TARGETENTRY :expr {CONST :x 1} :resno 2 :resname b :resorigtbl 0 :resorigcol 0 :resjunk false})})`;
  expect(originColumns(tree)).toEqual([{ position: 1, relation: 42, column: 3 }]);
});
