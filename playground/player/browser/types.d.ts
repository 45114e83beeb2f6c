// What the server sends, what the browser side answers, and what its parts ask of one another. For the type checker and
// for readers: no browser loads this file. The Python side of each is named beside it.

import type { Earlier } from "./core/earlier_curves.js";
import type { Frames } from "./core/frames.js";

// ---- packets (playground/player/packet.py)

/** One stream of numbers: `size` of them in each frame. */
export interface Channel {
  name: string;
  type: "u8" | "i4" | "f4" | "f8";
  shape: number[];
  size: number;
  /** Each frame holds its difference (modulo 256) to the one before it. */
  delta?: boolean;
  /** What its numbers stand for, counted from 0. */
  words?: string[];
}

export type Column = Uint8Array | Int32Array | Float32Array | Float64Array;

/** The numbers of several frames, one after the other, by channel. */
export type Columns = Record<string, Column>;

/** The JSON at the beginning of a packet; which keys there are says what the packet is. */
export interface Header {
  /** Its own name. */
  packet: string;
  run: string;
  /** How many frames follow. */
  count: number;
  /** A scene to be put up, with its first frames. */
  scene?: Scene;
  fingerprint?: string;
  /** How the run before this one differed, or what a change was. */
  label?: string;
  /** A setting or a weight has changed: later frames go. */
  cut?: boolean;
  /** With a cut: what there is to say from now on. */
  words?: string | null;
  note?: Note;
  /** The request that it answers. */
  answer?: number;
  ended?: Ended | null;
  advice?: Advice | null;
  server_ms?: number;
}

/** Why no frame follows, and the update of the frame to rest at. */
export interface Ended {
  kind: string;
  reason: string;
  update: number;
}

/** What there is to say from an update on. */
export interface Advice {
  update: number;
  messages: { rule: string; text: string; kind: string; fix: string | null }[];
}

/** A message of the server to one panel; of the panel "download": a file, or why there is none. */
export interface Note {
  panel: string;
  trace?: Trace;
  drawing?: Drawing;
  file?: string;
  mime?: string;
  /** Base 64. */
  data?: string;
  trouble?: string;
}

// ---- messages to the server (playground/player/messages.py)

/** What a visitor did, at a moment. */
export interface Action {
  kind: string;
  update: number;
}

export type NumberedAction = Action & { number: number };

/** What the player wants next: the scene again, or frames after an update. */
export type Request =
  | { kind: "scene"; id?: number }
  | { kind: "frames"; id?: number; run: string; after: number; count: number; stride: number };

export interface Message {
  from: number;
  /** The last packet that was taken in. */
  seen: string | null;
  actions: NumberedAction[];
  request: Request | null;
}

/** Streamlit's: sends a value under a name. */
export type Send = (name: string, message: Message) => void;

/** Loads a module by its path below the package. */
export type Load = (name: string) => Promise<{ PANELS: Record<string, Kind> }>;

// ---- scenes (playground/player/scene.py)

export interface Scene {
  /** A class of the style sheets that places the slots. */
  layout: string;
  panels: PanelData[];
  channels: Channel[];
  themes: Record<"light" | "dark", Theme>;
  view: View;
  words: string;
  /** The files on offer: [name, label]. */
  exports: [string, string][];
  drawing: Drawing | null;
  /** Modules that bring the kinds of panels which the player has not: each exports PANELS. */
  modules?: string[];
  clock: string;
  rate: number;
  film?: boolean;
  /** Of the browser side, in another language than English. */
  texts?: Texts;
}

/** playground/player/texts.py: what stands for each English text, and for texts that count the forms, by number. */
export interface Texts {
  texts: Record<string, string>;
  plurals: Record<string, { forms: string[]; of: string }>;
}

/** playground/figures/theme.py */
export interface Theme {
  template: object;
  /** Colours by role; of classes, and of runs and competitors side by side, a list each. */
  colors: Record<ColorRole, string> & { classes: string[]; runs: string[] };
  /** "rrggbbrrggbb..." by name. */
  palettes: Record<string, string>;
}

export type ColorRole = "background" | "text" | "positive" | "negative" | "middle" | "batch" | "dead";

/** What the visitor chose to see. */
export interface View {
  surface?: string;
  points?: string;
  mistakes?: boolean;
  edges?: "weights" | "gradients";
  /** What a lesson leaves out. */
  hide?: string[];
  pick?: string;
  sample?: number;
}

/** A text with {channel} in it, shown live beside a panel's title. */
export interface LiveNumber {
  label: string;
  text: string;
  role: string;
}

export interface PanelBase {
  id: string;
  slot: string;
  title: string;
  numbers: LiveNumber[];
  /** The text alternative, with {channel} for numbers. */
  alt?: string;
}

/** How a trace's attribute is taken from a channel; playground/player/scene.py says what each way means. */
export interface Take {
  channel: string;
  how: "vector" | "matrix" | "percents" | "series" | "history" | "trail";
}

export interface Binding {
  trace: number;
  takes: Record<string, Take>;
}

/** A Plotly figure as plain values; what is in it is Plotly's own business. */
export interface Figure {
  data: Trace2D[];
  layout: Layout;
}

/** The attributes of a trace that are read or written here. */
export interface Trace2D {
  name?: string;
  meta?: string;
  line?: { width?: number; dash?: string };
}

export interface Axis {
  range?: [number, number];
  domain?: [number, number];
  dtick?: number;
  type?: string;
}

/** The attributes of a layout that are read or written here; further axes are named xaxis2, yaxis2 ... */
export interface Layout {
  margin: { l: number; r: number; t: number; b: number };
  xaxis: Axis;
  yaxis: Axis;
  template?: object;
  width?: number;
  height?: number;
  images?: object[];
}

export interface FigureData extends PanelBase {
  kind: "figure" | "boundary" | "pick";
  figure: Figure;
  bindings: Binding[];
  surface: { channel?: string; shape: [number, number]; palette: string; still?: string } | null;
  log: { axis: "xaxis" | "yaxis"; on: boolean } | null;
  square: boolean;
  decades: "" | "xaxis" | "yaxis";
  smooth?: boolean;
  fitted?: boolean;
  span?: [number, number];
  help?: string;
}

export interface BoundaryData extends FigureData {
  kind: "boundary";
  palette: string;
  points: { x: number[]; y: number[]; sets: string[] };
  mistakes: string;
  batch: string;
  choices?: { surfaces: [string, string][]; pointSets: [string, string][] };
}

export interface PickData extends FigureData {
  kind: "pick";
  /** The setting that a click sets. */
  sets: string;
}

/** A column of the network's graph. */
export interface NetworkColumn {
  label: string;
  note: string;
  /** The names of its units; "" where they have none. */
  units: string[];
  activation: string;
}

export interface NetworkData extends PanelBase {
  kind: "network";
  columns: NetworkColumn[];
  edges: {
    kind: "all" | "strongest";
    layers?: { column: number; inputs: number; outputs: number }[];
    lists: Record<string, { weights: string; gradients: string; ends?: string }>;
  };
  maps: { channel: string; shape: [number, number]; palette: string };
  ranges: string;
  biases: string;
  marks: string;
  shortcuts: number[];
  sums: { channel: string; bins: number; levels: number; reach: number };
  curves: Record<string, { value: number[]; slope: number[] }>;
  choices: { edges: [string, string][] };
  /** What a weight may be set to at most. */
  largest: number;
}

/** playground/panels/cards.py */
export interface CardsData extends PanelBase {
  kind: "cards";
  cards: {
    title: string;
    role: string;
    lines: string[];
    verdict: string;
    verdicts: [string, string][];
  }[];
}

/** playground/labs/framework/tasks.py */
export interface TasksData extends PanelBase {
  kind: "tasks";
  tasks: { id: string; text: string; hint: string; channels: string[] }[];
}

/** playground/panels/surface3d.py */
export interface SpaceData extends PanelBase {
  kind: "space";
  range: Record<"x" | "y", [number, number]>;
  heights: { range: [number, number]; rows: number[][] };
  axes: [string, string, string];
  palette: string;
  bands: number;
  paths: { x: string; y: string; z: string; color: string; mark: string }[];
}

export type PanelData = FigureData | BoundaryData | PickData | NetworkData | CardsData | TasksData | SpaceData;

// ---- points that are drawn (playground/ui/own_points/editor.py) and traced (.../main_page/prediction_trace.py)

export interface Points {
  task: "classification" | "regression";
  labels: string[];
  x: number[];
  y: number[];
  /** A class or a value for each point. */
  targets: number[];
}

export interface DrawLimits {
  spacing: number;
  reach: number;
  points: number;
  steps: number;
  classes: number;
}

/** With the range of both axes of the plane. */
export type PlaneLimits = DrawLimits & { low: number; high: number };

export interface Drawing extends Points {
  active: boolean;
  trained: boolean;
  undo: boolean;
  redo: boolean;
  source: string;
  problem: string;
  author: number;
  /** The last step of this author that was carried out. */
  done: number;
  limits: DrawLimits;
}

export type Place = [number, number];

export interface DrawStep {
  tool: string;
  path?: Place[];
  y?: number;
  number?: number;
}

export interface Trace {
  epoch: number;
  update: number;
  /** Of a point of the data; null for a place. */
  row: number | null;
  point: Place;
  inputs: { name: string; value: number | null }[];
  layers: { label: string; activation: string; steps: { name: string; values: (number | null)[] }[] }[];
  scores: (number | null)[] | null;
  predicted: number | null;
  target: number | null;
  loss: number | null;
}

// ---- parts of the browser side

/** What stands in a place of the stage. Its constructor gets the panel's data, the place's element and the Page. */
export interface Panel {
  panel: PanelData;
  element?: HTMLElement;
  body: HTMLElement;
  /** Whether it is quick enough to be drawn in every frame. Others are drawn in turns while a run plays. */
  everyFrame: boolean;
  /** In which formats it can be saved; see core/share.js. */
  pictureTypes?: string[];
  /** A surface that is painted in every frame, whatever the rest of the panel does. */
  raster?: object;
  /** The pixels of a surface that stays the same. */
  still?: Uint8Array;
  /** What marks the frame on an axis of time. */
  cursor?: HTMLElement;
  draw?(frames: Frames, i: number): void;
  /** What is slow in a frame. */
  drawTraces?(frames: Frames, i: number): void;
  /** Puts the numbers of a frame into the text alternative. */
  describe(frames: Frames, i: number): void;
  setTheme?(theme: Theme): void;
  /** The place may have another size. */
  resize?(): void;
  /** Draws all again, with other data or layout. */
  relayout?(): void;
  receive?(note: Note): void;
  close?(): void;
}

/** A kind of panel. */
// biome-ignore lint/suspicious/noExplicitAny: each kind takes the data of its own panels
export type Kind = new (panel: any, element: HTMLElement, page: Page) => Panel;

/** What a panel may know and ask of the rest. */
export interface Page {
  view: View;
  plotly: Promise<Plotly>;
  earlier: Earlier;
  drawing: Drawing | null;
  /** What panels keep from one scene to the next. */
  kept: Record<string, { yaw: number; pitch: number }>;
  choose(name: string, value: unknown): void;
  redraw(): void;
  play(): void;
  pause(): void;
  /** Sends what the visitor did; playground/ui/main_page/actions.py and LabSession.act say which kinds there are. */
  act(kind: string, sent?: object): void;
  say(text: string): void;
}

/** One line of what there is to say below the controls. */
export interface StatusMessage {
  text: string;
  kind: string;
  fix?: { label: string; run: () => void } | null;
}

/** The part of Plotly's interface that is used. */
export interface Plotly {
  react(element: HTMLElement, data: object[], layout: object, config: object): Promise<unknown>;
  update(element: HTMLElement, values: object, layout: object, traces: number[]): void;
  restyle(element: HTMLElement, values: object, traces: number[]): void;
  purge(element: HTMLElement): void;
  toImage(figure: object, options: object): Promise<string>;
}

/** An element that Plotly has drawn into. */
export interface PlotElement extends HTMLDivElement {
  data?: Trace2D[];
  layout?: Layout & Record<string, Axis>;
  on?(event: string, call: (event: { points: { x: number; y: number }[] }) => void): void;
}

declare global {
  interface Window {
    Plotly: Plotly;
  }
}
