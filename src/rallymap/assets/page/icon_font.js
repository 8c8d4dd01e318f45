// Streamlit preloads its icons, 376 kB, on each page. Most of our pages show none of them (rallymap/assets/style/page.css draws
// the common ones), so they are only loaded if one is shown. rallymap/web/start_page.py inserts this into the page,
// before all other scripts.

(() => {
  const load = document.fonts.load.bind(document.fonts);
  document.fonts.load = (font, ...more) => (/Material Symbols/.test(font) ? Promise.resolve([]) : load(font, ...more));
})();
