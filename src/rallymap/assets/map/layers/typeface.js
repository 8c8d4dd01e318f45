// Loads the typeface in an iframe whose files come from the page around it; other maps load it by their style sheet.

import { fetchFile } from "../data/server.js";

/** @returns {Promise<void>} Resolves when text is rendered in the typeface. */
export async function loadTypeface() {
  const families = getComputedStyle(document.documentElement).getPropertyValue("--font");
  const family = families.split(",")[0].replaceAll('"', "").trim();
  const face = new FontFace(family, await fetchFile("font/source-sans.woff2"), { weight: "200 900" });
  document.fonts.add(await face.load());
}
