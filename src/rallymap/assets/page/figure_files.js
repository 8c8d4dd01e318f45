// Buttons that save a figure: its chart as SVG and PNG, its table as CSV. rallymap/ui/trends/figure_card.py mounts
// them.

/**
 * @typedef {object} Component The arguments from Streamlit.
 * @property {{name: string, heading: string, text: string, family: string, has_chart: boolean, csv: string | null}} data
 *   Name of the files; title, description and typeface of the image; the table, or null if a link provides it.
 * @property {HTMLElement} parentElement
 */

const SVG = "http://www.w3.org/2000/svg";
/** Image pixels per page pixel, so that it is sharp in print. */
const SCALE = 2;

/**
 * Render the buttons; Streamlit calls this at the first run and whenever the data changes.
 *
 * @param {Component} component
 */
export default function mount({ data, parentElement }) {
  for (const button of parentElement.querySelectorAll("button")) button.remove();
  // Charts are rendered as SVG: the element on the page is the image.
  const chart = () =>
    /** @type {SVGSVGElement | null} */ (
      parentElement.closest('[class*="st-key-figure_"]')?.querySelector("svg.marks") ?? null
    );
  const add = (/** @type {string} */ ending, /** @type {() => Promise<Blob | null>} */ make) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "rm-file";
    button.textContent = ending.toUpperCase();
    button.setAttribute("aria-label", `${data.heading}: ${ending.toUpperCase()}`);
    button.onclick = async () => {
      const file = await make();
      if (file) save(`${data.name}.${ending}`, file);
    };
    parentElement.append(button);
  };
  if (data.has_chart) {
    add("svg", async () => {
      const shown = chart();
      return shown && new Blob([standalone(shown, data)], { type: "image/svg+xml" });
    });
    add("png", async () => {
      const shown = chart();
      return shown && drawn(shown, data);
    });
  }
  const { csv } = data;
  if (csv !== null) add("csv", async () => new Blob([csv], { type: "text/csv;charset=utf-8" }));
}

/**
 * Return a chart as the text of a self-contained file.
 *
 * @param {SVGSVGElement} chart
 * @param {Component["data"]} data
 * @param {string} [style] A style sheet for it.
 */
function standalone(chart, data, style = "") {
  const copy = /** @type {SVGSVGElement} */ (chart.cloneNode(true));
  for (const [name, text] of [
    ["style", style],
    ["desc", data.text],
    ["title", data.heading],
  ]) {
    if (!text) continue;
    const element = document.createElementNS(SVG, name);
    element.textContent = text;
    copy.prepend(element);
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
}

/**
 * Render a chart as a PNG image.
 *
 * @param {SVGSVGElement} chart
 * @param {Component["data"]} data
 * @returns {Promise<Blob | null>}
 */
async function drawn(chart, data) {
  const text = standalone(chart, data, await typeface(data.family));
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const { width, height } = chart.getBoundingClientRect();
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil(width * SCALE);
    canvas.height = Math.ceil(height * SCALE);
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Return a style sheet that embeds our typeface, because an image cannot fetch the page's; "" if it is not available. */
async function typeface(/** @type {string} */ wanted) {
  for (const sheet of document.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSFontFaceRule)) continue;
      const family = rule.style.getPropertyValue("font-family").replaceAll('"', "");
      if (family !== wanted || rule.style.getPropertyValue("font-style") === "italic") continue;
      const path = /url\("?([^")]+)"?\)/.exec(rule.style.getPropertyValue("src"))?.[1];
      const answer = path ? await fetch(new URL(path, sheet.href ?? document.baseURI)).catch(() => null) : null;
      if (!answer?.ok) return "";
      const reader = new FileReader();
      const content = await answer.blob();
      const read = new Promise((resolve) => {
        reader.onload = () => resolve(reader.result);
      });
      reader.readAsDataURL(content);
      return `@font-face{font-family:"${wanted}";font-weight:100 900;src:url(${await read})}`;
    }
  }
  return "";
}

/**
 * Start the download of a file.
 *
 * @param {string} name
 * @param {Blob} file
 */
function save(name, file) {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
