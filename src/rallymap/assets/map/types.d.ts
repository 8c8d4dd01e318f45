// The values that cross modules.

/** First and last day since 1970-01-01, both inclusive; null: all there is, undated events too. */
export type Period = [number, number] | null;

/** West, north, east, south on the unit square; east may lie beyond 1. */
export type Box = [number, number, number, number];

/** Latitude, longitude, zoom. */
export type View = [number, number, number];

export type Layer = "clusters" | "heat" | "countries";
/** What the colours and shapes of markers stand for. */
export type Colouring = "kind" | "community";
export type Theme = "light" | "dark";

/** How many pixels the world is wide, and where its north-western corner is on the screen. */
export interface CameraState {
  scale: number;
  x: number;
  y: number;
}

export interface Size {
  x: number;
  y: number;
}

/** What the page around the map sends on each run; rallymap/views/map_choice.py makes it. */
export interface PageState {
  version: string;
  filter: string;
  undated: string;
  period: Period;
  selected: string | null;
  view: View | null;
  layer: Layer;
  colour: Colouring;
  theme: Theme;
  bounds: [number, number] | null;
  context: string | null;
  shown: number | null;
  follow: boolean;
  /** What the map shows until a person moves it; null: all events of the filter. */
  fit: Box | null;
}

/** What the map shows now: of the page, or of what was done on the map since. */
export interface Choice {
  version: string;
  filter: string;
  period: Period;
  layer: Layer;
  colour: Colouring;
  bins: number;
}

/** What a small map of a form offers; rallymap/views/pick_map.py makes it. */
export interface PickState {
  candidates: Candidate[];
  chosen: number | null;
  pin: [number, number] | null;
  draggable: boolean;
  view: [number, number, number] | null;
  route: RoutePoint[];
  theme: Theme;
}

/** A point of a route in a form; its number is that of its field. */
export interface RoutePoint {
  lat: number;
  lon: number;
  label: string;
  number: number;
}

export interface Candidate {
  lat: number;
  lon: number;
  label: string;
  radius_m: number;
  precision: string;
}

/** A count of events: `kinds` by the answer's kinds; `event` is the index of the last one counted. */
export interface Tally {
  total: number;
  kinds: Float64Array | number[];
  event?: number;
}

/** The smallest thing that can be told apart on the map; x and y on the unit square. */
export interface AnswerPoint {
  x: number;
  y: number;
  box: Box;
  weight: number;
  /** Of few events: their indices. */
  members: number[];
  /** Of many: the index among the answer's cells or countries, and the cell or country itself. */
  index: number;
  cell: [number, number];
  country?: string;
}

export interface Place {
  /** 0 venue, 1 district, 2 city, 3 region, 4 country. */
  precision: number;
  /** Metres. */
  radius: number;
}

/** Counts by bin, and events with a coarse date as [first bin, last bin, count]. */
export interface Histogram {
  bins: Float64Array;
  spans: [number, number, number][];
}

/** What EventsAnswer and CellsAnswer of data/answer.js share. */
export interface Answer {
  head: AnswerHead;
  edges: Int32Array;
  /** The colour and shape of each category. */
  kinds: string[];
  /** The name of each category. */
  labels: string[];
  isEvents: boolean;
  exactKinds: boolean;
  points: AnswerPoint[];
  /** Of few events: their ids. */
  ids: string[];
  tally(point: AnswerPoint, period: Period, into: Tally): void;
  placeOf(point: AnswerPoint): Place;
  histogram(isSeen: (point: AnswerPoint) => boolean): Histogram;
  /** Tell whether a period's events and their kinds are counted exactly. */
  knows(period: Period): boolean;
  /** Tell whether a period's events are counted exactly, though perhaps not their kinds. */
  shows(period: Period): boolean;
  /** Take over the exact numbers of one period. */
  learn(period: [number, number], buffer: ArrayBuffer): void;
  /** Return the indices of a cluster's events in a period, newest first, undated ones last; of few events. */
  eventsOf(cluster: Cluster, period: Period): number[];
  heaviestFirst?: AnswerPoint[];
  maxWeight?: number;
  limits?: number[];
}

export interface AnswerHead {
  mode: "events" | "cells" | "countries";
  version: string;
  total: number;
  whole: boolean;
  bounds: [number, number];
  /** Kinds, or communities; "" stands for all others. */
  kinds: string[];
  colour: Colouring;
  countries?: string[];
  z: number;
  arrays: Record<string, [string, number, number]>;
}

/** Points whose markers would overlap, as one marker. */
export interface Cluster {
  answer: Answer;
  x: number;
  y: number;
  points: AnswerPoint[];
  total: number;
  kinds: Float64Array;
  event: number;
  box: Box;
  weight: number;
  /** While the map zooms: where its marker comes from, or goes to. */
  from?: { x: number; y: number } | null;
  to?: { x: number; y: number } | null;
}

/** A cluster in sight, with where it is on the screen. */
export interface SeenCluster {
  cluster: Cluster;
  x: number;
  y: number;
}

/** What an event is called; `at` is [lat, lon], `name` of its place. */
export interface EventLabel {
  id: string;
  title: string;
  kind: string;
  when: string;
  where: string;
  name: string;
  at: [number, number] | null;
  /** Language of a title that is not in the page's. */
  lang?: string;
  /** Of an event that moves: the points of its route. */
  route?: [number, number][];
}

export interface LabelPage {
  total: number;
  events: EventLabel[];
}

/** A happening under the timeline. */
export interface Happening {
  title: string;
  start: number;
  end: number;
}

/** Cells of a zoom: x1 and y1 are not included. */
export interface Grid {
  z: number;
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** A line or a ring on the unit square: x, y, x, y, ... */
export interface Outline {
  points: Float32Array;
  box: Box;
}

export interface Country {
  code: string;
  polygons: Outline[];
}

export interface Land {
  countries: Country[];
  /** Of all countries. */
  rings: Outline[];
  borders: Outline[];
}

/** The base layer of layers/base_layer.js. */
export type BaseLayer = import("leaflet").GridLayer & {
  lands: { coarse?: Land; fine?: Land };
  ensureLand(zoom: number): Promise<void>;
};

/** A layer that the scene draws below the markers. */
export interface SceneLayer {
  draw(context: CanvasRenderingContext2D, camera: CameraState, size: Size): void;
}

/** What a page says in its language (`messages_element` of `views/map_page.py`). */
export interface PageWords {
  /** A tag for Intl, such as "fa-u-nu-arabext". */
  lang: string;
  /** By the English sentence; the plural forms of a sentence with a count. */
  messages: Record<string, string | string[]>;
  /** The number of the plural form for each count from 0 to 199, one digit each. */
  plurals: string;
  /** Of numbers, by the names of their parts: "group", "decimal". */
  separators: Record<string, string>;
  /** Names by ISO 3166-1 alpha-2 code. */
  countries: Record<string, string>;
  dates: DatesOfLanguage;
}

/** How a language writes dates, after CLDR (`script_dates` of `language/calendar.py`). */
export interface DatesOfLanguage {
  /** By skeleton: "yMMMMd", "yMMMM", "y", "MMM". */
  patterns: Record<string, string>;
  /** By skeleton, then by the largest part that differs: the patterns of both days. */
  spans: Record<string, Partial<Record<"y" | "M" | "d", [string, string]>>>;
  /** Twelve months or 31 days by the letters of a pattern. */
  names: Record<string, string[]>;
  /** From zero to nine. */
  digits: string;
}
