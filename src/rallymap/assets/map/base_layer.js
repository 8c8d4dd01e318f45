// The base map: countries drawn on canvas tiles, so that dragging shows no blank edge.

import { readLand } from "./land.js";
import { palette } from "./look.js";

const TILE = 512;
const FINE_FROM_ZOOM = 3;
const LANDS = { coarse: "../land/land-110m.bin", fine: "../land/land-50m.bin" };

async function load(name) {
  const response = await fetch(new URL(LANDS[name], import.meta.url));
  if (!response.ok) throw new Error(`${name} base map: ${response.status}`);
  return readLand(await response.arrayBuffer());
}

/** Make the base layer. It draws the sea at once and the land as soon as its file is there. */
export function makeBaseLayer() {
  const layer = new (L.GridLayer.extend({
    createTile(coords) {
      const tile = document.createElement("canvas");
      const ratio = Math.min(2, window.devicePixelRatio || 1);
      // One pixel wider than its place: neighbours overlap, and no seam shows while the map zooms.
      tile.width = tile.height = (TILE + 1) * ratio;
      drawTile(tile.getContext("2d"), coords, ratio, this.lands);
      return tile;
    },
    _initTile(tile) {
      L.GridLayer.prototype._initTile.call(this, tile);
      tile.style.width = tile.style.height = `${TILE + 1}px`;
    },
  }))({ tileSize: TILE, updateWhenZooming: false, keepBuffer: 1, className: "rm-base" });

  layer.lands = {};
  const fetching = {};
  layer.ensureLand = (zoom) => {
    const name = zoom < FINE_FROM_ZOOM ? "coarse" : "fine";
    fetching[name] ??= load(name).then((land) => {
      layer.lands[name] = land;
      layer.redraw();
      layer.fire("land");
    });
    return fetching[name];
  };
  layer.on("add", () => layer._map.on("zoomend", () => layer.ensureLand(layer._map.getZoom()).catch(console.error)));
  return layer;
}

function drawTile(context, coords, ratio, lands) {
  const { sea, land, border } = palette();
  const scale = 2 ** coords.z * 256;
  const west = (coords.x * TILE) / scale, north = (coords.y * TILE) / scale;
  const view = [west, north, west + (TILE + 2) / scale, north + (TILE + 2) / scale];
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = sea;
  context.fillRect(0, 0, TILE + 1, TILE + 1);
  const wanted = coords.z < FINE_FROM_ZOOM ? lands.coarse ?? lands.fine : lands.fine ?? lands.coarse;
  if (!wanted) return;
  const place = { x: west * scale, y: north * scale, scale };
  context.beginPath();
  for (const country of wanted.countries) {
    for (const polygon of country.polygons) if (meets(polygon.box, view)) trace(context, polygon.points, place);
  }
  context.fillStyle = land;
  context.fill("evenodd");
  context.beginPath();
  for (const arc of wanted.borders) if (meets(arc.box, view)) trace(context, arc.points, place);
  context.strokeStyle = border;
  context.lineWidth = 0.8;
  context.lineJoin = "round";
  context.stroke();
}

function meets(box, view) {
  return box[0] <= view[2] && box[2] >= view[0] && box[1] <= view[3] && box[3] >= view[1];
}

/** Add a line to the current path, leaving out points less than half a pixel from the one before. */
export function trace(context, points, place) {
  let lastX = NaN, lastY = NaN;
  const end = points.length - 2;
  for (let i = 0; i <= end; i += 2) {
    const x = points[i] * place.scale - place.x, y = points[i + 1] * place.scale - place.y;
    if (i === 0) {
      context.moveTo(x, y);
    } else if (i === end || Math.abs(x - lastX) + Math.abs(y - lastY) >= 0.7) {
      context.lineTo(x, y);
    } else {
      continue;
    }
    lastX = x;
    lastY = y;
  }
}
