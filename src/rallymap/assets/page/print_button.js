// A button that prints the page. rallymap/ui/submit/receipts.py mounts it.

/** @typedef {{data: {label: string}, parentElement: HTMLElement}} Component The arguments from Streamlit. */

/**
 * Render the button; Streamlit calls this at the first run and whenever the data changes.
 *
 * @param {Component} component
 */
export default function mount({ data, parentElement }) {
  const button = parentElement.querySelector("button") ?? document.createElement("button");
  button.type = "button";
  button.className = "rm-print";
  button.textContent = data.label;
  button.onclick = () => window.print();
  parentElement.append(button);
}
