// The choropleth: each country in a shade of one colour, by its number of events in the period.

import { countryAt } from "../data/land.js";
import { countryName, formatNumber, formatRange, listWords, tr, trn } from "../words.js";
import { copies } from "./scene.js";
import { palette } from "./theme.js";

/** @import { BaseLayer, CameraState, Country, Size } from "../types.js" */
/** @import { Scene } from "./scene.js" */

const STEPS = 5;

export class Choropleth {
  active = false;
  /** Whether to draw simplified outlines, while the period changes in every frame. */
  hasty = false;
  /** @type {Map<Country, Path2D>} */
  paths = new Map();

  constructor(/** @type {Scene} */ scene, /** @type {BaseLayer} */ base) {
    this.scene = scene;
    this.base = base;
  }

  draw(/** @type {CanvasRenderingContext2D} */ context, /** @type {CameraState} */ camera, /** @type {Size} */ size) {
    const { answer } = this.scene;
    if (!this.active || !answer?.head.countries) return;
    const { coarse, fine } = this.base.lands;
    const land = this.hasty ? (coarse ?? fine) : (fine ?? coarse);
    if (!land) return;
    const { steps, border } = palette();
    const shown = this.counts();
    const { ratio } = this.scene;
    for (const x of copies(0, camera, size.x, camera.scale)) {
      context.setTransform(ratio * camera.scale, 0, 0, ratio * camera.scale, ratio * x, ratio * camera.y);
      context.lineWidth = 0.8 / camera.scale;
      context.strokeStyle = border;
      for (const country of land.countries) {
        const count = shown.get(country.code);
        if (!count || !country.code) continue;
        const path = this.pathOf(country);
        context.fillStyle = steps[this.stepOf(count)];
        context.fill(path, "evenodd");
        context.stroke(path);
      }
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  /** Return the period's events by country code. */
  counts() {
    const { answer, period } = this.scene;
    /** @type {Map<string, number>} */
    const found = new Map();
    for (const point of answer?.points ?? []) {
      const tally = { total: 0, kinds: [] };
      answer?.tally(point, period, tally);
      found.set(point.country ?? "", tally.total);
    }
    return found;
  }

  /** Lower limit of each step: even steps on a logarithmic scale, over all time, so that colours keep their meaning. */
  limits() {
    const { answer } = this.scene;
    if (!answer) return [1, 2];
    answer.limits ??= (() => {
      const most = answer.points.reduce((best, { country, weight }) => (country ? Math.max(best, weight) : best), 1);
      const found = Array.from({ length: STEPS }, (_, i) => Math.ceil(most ** (i / STEPS)));
      return [...new Set(found)].concat(most + 1);
    })();
    return answer.limits;
  }

  stepOf(/** @type {number} */ count) {
    const limits = this.limits();
    const steps = limits.length - 1;
    let at = 0;
    while (at < steps - 1 && count >= limits[at + 1]) at += 1;
    // With few steps, use the strong end of the scale too.
    return steps === 1 ? 2 : Math.round((at * (STEPS - 1)) / (steps - 1));
  }

  /** Return the legend's content: colours with their counts, strongest first. */
  legend() {
    if (!this.scene.answer?.head.countries) return [];
    const limits = this.limits();
    const { steps } = palette();
    return limits
      .slice(0, -1)
      .map((low, i) => {
        const high = limits[i + 1] - 1;
        const text = low === high ? formatNumber(low) : formatRange(low, high);
        return { colour: steps[this.stepOf(low)], text };
      })
      .reverse();
  }

  /** Return the country at a point of the screen with its number of events; "" over the sea. */
  describeAt(/** @type {{x: number, y: number}} */ point) {
    const land = this.base.lands.fine ?? this.base.lands.coarse;
    const { answer, camera } = this.scene;
    if (!this.active || !land || !answer?.head.countries) return "";
    const now = camera.now();
    const u = ((((point.x - now.x) / now.scale) % 1) + 1) % 1;
    const v = (point.y - now.y) / now.scale;
    const found = countryAt(land, u, v);
    if (!found) return "";
    const country = countryName(found.code);
    return trn("{country}: {n} event", "{country}: {n} events", this.counts().get(found.code) ?? 0, { country });
  }

  /** Describe the countries with most events, for people who cannot see the map. */
  summary() {
    if (!this.scene.answer?.head.countries) return "";
    const most = [...this.counts()]
      .filter(([code, n]) => code && n)
      .sort((a, b) => b[1] - a[1])
      .slice(0, 10);
    const said = most.map(([code, n]) => {
      // Translators: a country and how many events there were in it: "Sweden 12"
      return tr("{country} {n}", { country: countryName(code), n: formatNumber(n) });
    });
    return listWords(said);
  }

  pathOf(/** @type {Country} */ country) {
    const known = this.paths.get(country);
    if (known) return known;
    const path = new Path2D();
    for (const { points } of country.polygons) {
      path.moveTo(points[0], points[1]);
      for (let i = 2; i < points.length; i += 2) path.lineTo(points[i], points[i + 1]);
      path.closePath();
    }
    this.paths.set(country, path);
    return path;
  }
}
