// The base map: countries on canvas tiles, so that panning shows no blank edge.

import { readLand } from "../data/land.js";
import { fetchFile } from "../data/server.js";
import { contextOf } from "../dom.js";
import { makeCanvasLayer } from "../leaflet.js";
import { OutlineCache } from "./outlines.js";
import { palette } from "./theme.js";

/** @import { BaseLayer, Box, Land, Outline } from "../types.js" */

const TILE = 512;
const OVERLAP = 1;
/** The zoom from which the fine land is drawn. */
export const FINE_FROM_ZOOM = 3;
const FILES = { coarse: "land/land-110m.bin", fine: "land/land-50m.bin" };

function nameFor(/** @type {number} */ zoom) {
  return zoom < FINE_FROM_ZOOM ? "coarse" : "fine";
}

/** @returns {Promise<Land>} */
async function fetchLand(/** @type {"coarse" | "fine"} */ name) {
  return readLand(await fetchFile(FILES[name]));
}

/** @returns {BaseLayer} Draws the sea at once and the land when its file has loaded. */
export function makeBaseLayer() {
  /** @type {BaseLayer["lands"]} */
  const lands = {};
  const outlines = new OutlineCache();
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  const grid = makeCanvasLayer({
    tileSize: TILE,
    overlap: OVERLAP,
    className: "rm-base",
    draw: (tile, coords) => {
      tile.width = tile.height = (TILE + OVERLAP) * ratio;
      const land = lands[nameFor(coords.z)] ?? lands.coarse ?? lands.fine;
      drawTile(contextOf(tile, { alpha: false }), coords, ratio, land, outlines);
    },
  });
  /** @type {Partial<Record<"coarse" | "fine", Promise<void>>>} */
  const fetching = {};
  const ensureLand = (/** @type {number} */ zoom) => {
    const name = nameFor(zoom);
    fetching[name] ??= fetchLand(name).then((land) => {
      lands[name] = land;
      const shown = /** @type {any} */ (grid)._map?.getZoom() ?? zoom;
      if (nameFor(shown) === name || !lands[nameFor(shown)]) grid.redraw();
      grid.fire("land");
    });
    return fetching[name];
  };
  grid.on("add", ({ target }) => {
    const map = /** @type {import("leaflet").Map} */ (target._map);
    map.on("zoomend", () => ensureLand(map.getZoom()).catch(console.error));
  });
  return Object.assign(grid, { lands, ensureLand });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number, z: number}} coords
 * @param {number} ratio
 * @param {Land | undefined} wanted
 * @param {OutlineCache} outlines
 */
function drawTile(context, coords, ratio, wanted, outlines) {
  const { sea, land, border } = palette();
  const scale = 2 ** coords.z * 256;
  const west = coords.x * TILE;
  const north = coords.y * TILE;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = sea;
  context.fillRect(0, 0, TILE + OVERLAP, TILE + OVERLAP);
  if (!wanted) return;
  const traceAll = (/** @type {Outline[]} */ lines) => {
    context.beginPath();
    // At zoom 0 the world is smaller than a tile, so a tile shows it more than once.
    for (let left = west; left > west - TILE; left -= scale) {
      const view = [left, north, left + TILE + 2, north + TILE + 2].map((px) => px / scale);
      for (const line of lines) if (meets(line.box, view)) trace(context, outlines.at(line, coords.z), left, north);
    }
  };
  traceAll(wanted.rings);
  context.fillStyle = land;
  context.fill("evenodd");
  traceAll(wanted.borders);
  context.strokeStyle = border;
  context.lineWidth = 0.8;
  context.lineJoin = "round";
  context.stroke();
}

function meets(/** @type {Box} */ box, /** @type {number[]} */ view) {
  return box[0] <= view[2] && box[2] >= view[0] && box[1] <= view[3] && box[3] >= view[1];
}

function trace(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {Float32Array} */ points,
  /** @type {number} */ west,
  /** @type {number} */ north,
) {
  context.moveTo(points[0] - west, points[1] - north);
  for (let i = 2; i < points.length; i += 2) context.lineTo(points[i] - west, points[i + 1] - north);
}
