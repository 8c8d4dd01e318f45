// A button that saves the chart of its figure as an SVG file. rallymap/ui/trends/figure_card.py mounts it.

/**
 * @typedef {object} Component What Streamlit hands over.
 * @property {{name: string, label: string, heading: string, text: string}} data Name of the file and of the button; title
 *   and description of the picture.
 * @property {HTMLElement} parentElement
 */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Draw the button; Streamlit calls this at the first run and whenever the data differs.
 *
 * @param {Component} component
 */
export default function mount({ data, parentElement }) {
  const button = parentElement.querySelector("button") ?? document.createElement("button");
  button.type = "button";
  button.className = "rm-svg";
  button.textContent = "SVG";
  button.setAttribute("aria-label", data.label);
  button.onclick = () => {
    // The charts are drawn as SVG: what is on the page is the picture.
    const chart = parentElement.closest('[class*="st-key-figure_"]')?.querySelector("svg.marks");
    if (chart) save(`${data.name}.svg`, standalone(/** @type {SVGElement} */ (chart), data));
  };
  parentElement.append(button);
}

/**
 * Return a chart as the text of a file that needs no page around it.
 *
 * @param {SVGElement} chart
 * @param {Component["data"]} data
 */
function standalone(chart, data) {
  const copy = /** @type {SVGElement} */ (chart.cloneNode(true));
  for (const [name, text] of [
    ["desc", data.text],
    ["title", data.heading],
  ]) {
    const element = document.createElementNS(SVG, name);
    element.textContent = text;
    copy.prepend(element);
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`;
}

/**
 * Hand a file to the browser.
 *
 * @param {string} name
 * @param {string} text
 */
function save(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
