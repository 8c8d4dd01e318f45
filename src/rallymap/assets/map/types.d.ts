// Types of values that modules share.

/** First and last day since 1970-01-01, both inclusive; null for all days, including undated events. */
export type Period = [number, number] | null;

/** West, north, east, south on the unit square; east may exceed 1. */
export type Box = [number, number, number, number];

/** Latitude, longitude, zoom. */
export type View = [number, number, number];

export type Layer = "clusters" | "heat" | "countries";
/** The meaning of the markers' colours and shapes. */
export type Colouring = "kind" | "community";
export type Theme = "light" | "dark";

/** Width of the world in pixels, and the screen position of its north-western corner. */
export interface CameraState {
  scale: number;
  x: number;
  y: number;
}

export interface Size {
  x: number;
  y: number;
}

/** The state that the page sends on each run; rallymap/views/map_choice.py builds it. */
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
  /** The initial extent until a person moves the map; null: all events of the filter. */
  fit: Box | null;
}

/** The current state of the map: from the page, or changed on the map since. */
export interface Choice {
  version: string;
  filter: string;
  period: Period;
  layer: Layer;
  colour: Colouring;
  bins: number;
}

/** The state of a form's small map; rallymap/views/pick_map.py builds it. */
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

/** The smallest unit that can be distinguished on the map; x and y on the unit square. */
export interface AnswerPoint {
  x: number;
  y: number;
  box: Box;
  weight: number;
  /** For few events: their indices. */
  members: number[];
  /** For many: the index among the answer's cells or countries, and the cell or country itself. */
  index: number;
  cell: [number, number];
  country?: string;
  /** ISO codes of its events' countries; "" where it is not known, or where a cell has several. */
  codes: string[];
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

/** The interface of EventsAnswer and CellsAnswer of data/answer.js. */
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
  /** For few events: their ids. */
  ids: string[];
  tally(point: AnswerPoint, period: Period, into: Tally): void;
  placeOf(point: AnswerPoint): Place;
  histogram(isSeen: (point: AnswerPoint) => boolean): Histogram;
  /** Return whether a period's events and their kinds are counted exactly. */
  knows(period: Period): boolean;
  /** Return whether a period's events are counted exactly, but possibly not their kinds. */
  shows(period: Period): boolean;
  /** Store the exact counts of one period. */
  learn(period: [number, number], buffer: ArrayBuffer): void;
  /** Return the indices of a cluster's events in a period, newest first, undated ones last; for few events. */
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
  codes?: string[];
  z: number;
  arrays: Record<string, [string, number, number]>;
}

/** Points whose markers would overlap, shown as one marker. */
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
  /** During a zoom: the position from which its marker comes, or to which it goes. */
  from?: { x: number; y: number } | null;
  to?: { x: number; y: number } | null;
}

/** A visible cluster with its screen position. */
export interface SeenCluster {
  cluster: Cluster;
  x: number;
  y: number;
}

/** The label of an event; `at` is [lat, lon], `name` that of its place. */
export interface EventLabel {
  id: string;
  title: string;
  kind: string;
  when: string;
  where: string;
  name: string;
  at: [number, number] | null;
  /** Language of a title that is not in the page's language. */
  lang?: string;
  /** The route points of a moving event. */
  route?: [number, number][];
}

export interface LabelPage {
  total: number;
  events: EventLabel[];
}

/** A context event below the timeline. */
export interface Happening {
  title: string;
  start: number;
  end: number;
}

/** Cells of a zoom; x1 and y1 are exclusive. */
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
  /** Outlines of all countries. */
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

/** The texts of a page in its language (`messages_element` of `views/map_page.py`). */
export interface PageWords {
  /** A tag for Intl, such as "fa-u-nu-arabext". */
  lang: string;
  /** Translations by the English sentence; all plural forms for a sentence with a count. */
  messages: Record<string, string | string[]>;
  /** The index of the plural form for each count from 0 to 199, one digit each. */
  plurals: string;
  /** Separators of numbers, by the names of their parts: "group", "decimal". */
  separators: Record<string, string>;
  /** Country names by ISO 3166-1 alpha-2 code. */
  countries: Record<string, string>;
  dates: DatesOfLanguage;
  /** The calendar besides the Gregorian one; null in most languages. */
  second: SecondCalendar | null;
}

/** Date formats of a language from CLDR (`script_dates` of `language/calendar.py`). */
export interface DatesOfLanguage {
  /** By skeleton: "yMMMMd", "yMMMM", "y", "MMM". */
  patterns: Record<string, string>;
  /** By skeleton, then by the largest differing part: the patterns of both days. */
  spans: Record<string, Partial<Record<"y" | "M" | "d", [string, string]>>>;
  /** Twelve months or 31 days by the letters of a pattern. */
  names: Record<string, string[]>;
  /** From zero to nine. */
  digits: string;
}

/** The days of a period in a language's second calendar (`script_second_calendar` of `language/second_calendar.py`). */
export interface SecondCalendar {
  /** The first day of the first month, with its year and month. */
  first: number;
  year: number;
  month: number;
  /** How many days more than 28 each month has, as digits. */
  lengths: string;
  /** Names of the twelve months. */
  months: string[];
  /** "{day} {month} {year}" */
  form: string;
  /** From zero to nine. */
  digits: string;
}
