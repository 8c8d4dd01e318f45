// The heatmap: a stronger shade of one colour for more events.

import { contextOf } from "../dom.js";
import { copies } from "./scene.js";
import { palette } from "./theme.js";

/** @import { Answer, CameraState, Size } from "../types.js" */
/** @import { Scene } from "./scene.js" */

const SPREAD_PX = 44;
const SHRINK = 2; // drawn at half size: it is blurred anyway, and four times as fast

export class Heatmap {
  active = false;
  /** @type {Uint32Array} Colours of the last theme, by how often a pixel was stamped. */
  colours = new Uint32Array(0);
  coloursOf = "";

  constructor(/** @type {Scene} */ scene) {
    this.scene = scene;
    this.canvas = document.createElement("canvas");
    this.context = contextOf(this.canvas, { willReadFrequently: true });
    this.stamp = makeStamp(SPREAD_PX / SHRINK);
  }

  draw(/** @type {CanvasRenderingContext2D} */ target, /** @type {CameraState} */ camera, /** @type {Size} */ size) {
    const { answer, period } = this.scene;
    if (!this.active || !answer?.points[0]?.box) return;
    const width = Math.ceil(size.x / SHRINK);
    const height = Math.ceil(size.y / SHRINK);
    this.canvas.width = width;
    this.canvas.height = height;
    const { context } = this;
    const most = Math.log1p(heaviest(answer));
    for (const point of answer.points) {
      const tally = { total: 0, kinds: [] };
      answer.tally(point, period, tally);
      if (tally.total <= 0) continue;
      context.globalAlpha = Math.max(0.08, Math.log1p(tally.total) / most) ** 1.5;
      const y = point.y * camera.scale + camera.y;
      if (y < -SPREAD_PX || y > size.y + SPREAD_PX) continue;
      for (const x of copies(point.x, camera, size.x, SPREAD_PX)) {
        context.drawImage(this.stamp, (x - SPREAD_PX) / SHRINK, (y - SPREAD_PX) / SHRINK);
      }
    }
    context.globalAlpha = 1;
    this.paint(context, width, height);
    target.imageSmoothingEnabled = true;
    target.drawImage(this.canvas, 0, 0, width * SHRINK, height * SHRINK);
  }

  /** Convert the number of stamps on a pixel to a colour. */
  paint(/** @type {CanvasRenderingContext2D} */ context, /** @type {number} */ width, /** @type {number} */ height) {
    const image = context.getImageData(0, 0, width, height);
    const pixels = new Uint32Array(image.data.buffer);
    const ramp = this.ramp();
    for (let i = 0; i < pixels.length; i++) pixels[i] = ramp[pixels[i] >>> 24];
    context.putImageData(image, 0, 0);
  }

  ramp() {
    const { heat } = palette();
    if (this.coloursOf === heat.join()) return this.colours;
    const strip = document.createElement("canvas");
    strip.width = 256;
    strip.height = 1;
    const context = contextOf(strip);
    const gradient = context.createLinearGradient(0, 0, 256, 0);
    for (const [i, colour] of heat.entries()) gradient.addColorStop(i / (heat.length - 1), colour);
    context.fillStyle = gradient;
    context.fillRect(0, 0, 256, 1);
    const colours = new Uint32Array(context.getImageData(0, 0, 256, 1).data.buffer);
    this.colours = colours.map((colour, i) => ((colour & 0xffffff) | (Math.min(235, i * 2.2) << 24)) >>> 0);
    this.coloursOf = heat.join();
    return this.colours;
  }
}

function heaviest(/** @type {Answer} */ answer) {
  answer.maxWeight ??= answer.points.reduce((most, point) => Math.max(most, point.weight), 1);
  return answer.maxWeight;
}

function makeStamp(/** @type {number} */ radius) {
  const stamp = document.createElement("canvas");
  stamp.width = stamp.height = 2 * radius;
  const context = contextOf(stamp);
  const gradient = context.createRadialGradient(radius, radius, 0, radius, radius, radius);
  for (let i = 0; i <= 8; i++)
    gradient.addColorStop(i / 8, `rgb(0 0 0 / ${Math.exp(-4 * (i / 8) ** 2) - Math.exp(-4) * (i / 8)})`);
  context.fillStyle = gradient;
  context.fillRect(0, 0, 2 * radius, 2 * radius);
  return stamp;
}
