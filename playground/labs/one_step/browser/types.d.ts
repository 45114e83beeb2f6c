// What the lab's scenes send, and what its panels share.

import type { Page, PanelBase } from "../../../player/browser/types.d.ts";
import type { StepModel } from "./model.js";

/** playground/labs/one_step/steps_scene.py */
export interface StepData extends PanelBase {
  kind: "step-graph" | "step-formula" | "step-table";
  model?: StepModelData;
}

/** A formula as nested lists; see playground/nn/formula.py. */
export type Formula = number | string | Formula[];

/** The network of one update, and in a film all that is needed to write the update out. */
export interface StepModelData {
  sizes: number[];
  functions: string[];
  labels: Record<string, string>;
  phases: { kind: string; layer: number; words: string }[];
  views: Record<string, string>;
  samples: { row: number; x: number[]; class: number }[];
  targets: number[][];
  loss: { name: string; label: string };
  epsilon?: number;
  optimizer?: { label: string; options: Record<string, number>; slots: string[]; carried: string[] };
  formulas?: {
    activations: Record<string, { value: Formula; slope: Formula }>;
    loss: { value: Formula; slope: Formula };
    weight: [string, Formula][];
    bias: [string, Formula][];
  };
}

/** The graph puts here what the panels of one update share. */
export interface StepPage extends Page {
  step?: StepModel;
}
