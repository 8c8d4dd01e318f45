// Streamlit loads its icons, 376 kB, on each page in advance. Most of ours show none of them (rallymap/ui/page.css draws the
// common ones): so they are loaded where one is shown. rallymap/web/start_page.py writes this into the page, before all
// other scripts.

(() => {
  const load = document.fonts.load.bind(document.fonts);
  document.fonts.load = (font, ...more) => (/Material Symbols/.test(font) ? Promise.resolve([]) : load(font, ...more));
})();
