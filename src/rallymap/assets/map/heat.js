// The heat layer: where many events are the colour is strong, in one hue.

import { palette } from "./look.js";
import { copies } from "./scene.js";

const SPREAD_PX = 44;
const SHRINK = 2; // painted at half size: it is blurred anyway, and four times as fast

export class Heat {
  constructor(scene) {
    this.scene = scene;
    this.active = false;
    this.canvas = document.createElement("canvas");
    this.context = this.canvas.getContext("2d", { willReadFrequently: true });
    this.stamp = makeStamp(SPREAD_PX / SHRINK);
  }

  draw(target, camera, size) {
    const { answer, period } = this.scene;
    if (!this.active || !answer?.points[0]?.box) return;
    const width = (this.canvas.width = Math.ceil(size.x / SHRINK)), height = (this.canvas.height = Math.ceil(size.y / SHRINK));
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

  /** Turn how often a pixel was stamped into a colour. */
  paint(context, width, height) {
    const image = context.getImageData(0, 0, width, height);
    const pixels = new Uint32Array(image.data.buffer);
    const ramp = this.ramp();
    for (let i = 0; i < pixels.length; i++) pixels[i] = ramp[pixels[i] >>> 24];
    context.putImageData(image, 0, 0);
  }

  ramp() {
    const { heat } = palette();
    if (this.rampOf === heat.join()) return this.colours;
    const strip = document.createElement("canvas");
    strip.width = 256;
    strip.height = 1;
    const context = strip.getContext("2d");
    const gradient = context.createLinearGradient(0, 0, 256, 0);
    heat.forEach((colour, i) => gradient.addColorStop(i / (heat.length - 1), colour));
    context.fillStyle = gradient;
    context.fillRect(0, 0, 256, 1);
    const colours = new Uint32Array(context.getImageData(0, 0, 256, 1).data.buffer);
    this.colours = colours.map((colour, i) => ((colour & 0xffffff) | (Math.min(235, i * 2.2) << 24)) >>> 0);
    this.rampOf = heat.join();
    return this.colours;
  }
}

function heaviest(answer) {
  answer.most ??= answer.points.reduce((most, point) => Math.max(most, point.weight), 1);
  return answer.most;
}

function makeStamp(radius) {
  const stamp = document.createElement("canvas");
  stamp.width = stamp.height = 2 * radius;
  const context = stamp.getContext("2d");
  const gradient = context.createRadialGradient(radius, radius, 0, radius, radius, radius);
  for (let i = 0; i <= 8; i++) gradient.addColorStop(i / 8, `rgb(0 0 0 / ${Math.exp(-4 * (i / 8) ** 2) - Math.exp(-4) * (i / 8)})`);
  context.fillStyle = gradient;
  context.fillRect(0, 0, 2 * radius, 2 * radius);
  return stamp;
}
