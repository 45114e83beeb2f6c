// The panels that this lab brings along, by kind.

import { StepFormula } from "./formula_panel.js";
import { StepGraph } from "./graph.js";
import { StepTable } from "./table.js";

export const PANELS = {
  "step-formula": StepFormula,
  "step-graph": StepGraph,
  "step-table": StepTable,
};
