// Searches the events in the file as a server does: rallymap/store/search.py.

import { Folding, isAscii, split } from "./folding.js";
import { QueryTerms } from "./query_terms.js";
import { WordForms } from "./word_forms.js";

/** @import { EventRecord, FileData } from "./records.js" */
/** @import { Term } from "./search_types.js" */

export class TextSearch {
  /** @type {Index | null} Made for the first search: it takes a moment with many events. */
  made = null;

  constructor(/** @type {FileData} */ data) {
    this.data = data;
  }

  get index() {
    this.made ??= new Index(this.data);
    return this.made;
  }

  /** Return a function that tests whether the i-th event matches a text. */
  finds(/** @type {string} */ text) {
    if (!text.trim()) return () => true;
    const found = new Set(this.index.find(text));
    return (/** @type {number} */ i) => found.has(i);
  }

  /** @returns {string[]} The words that were searched instead of those as typed, because no event has these. */
  similarWords(/** @type {string} */ text) {
    return text.trim() ? this.index.similarWords(text) : [];
  }
}

class Index {
  constructor(/** @type {FileData} */ { events, search }) {
    this.folding = new Folding(search.rules);
    this.forms = new WordForms(search.rules);
    this.query = new QueryTerms(search, this.folding, this.forms);
    this.joined = new RegExp(search.rules.patterns.joined, "gu");
    this.heads = events.map(() => "");
    this.texts = events.map(() => "");
    this.vocabulary = new Set();
    for (const [i, event] of events.entries()) {
      const shown = shownText(event);
      const fields = search.pieces[i].map((pieces) =>
        [...piecesOf(pieces, shown, search.strings)].flatMap((text) => this.wordsOf(text)),
      );
      const [title, names, texts] = fields;
      const sounds = new Set([...title, ...names].map((word) => this.forms.markedSound(word)));
      for (const word of fields.flat()) this.vocabulary.add(word);
      this.heads[i] = `\n ${title.join(" ")} \n ${names.join(" ")} `;
      this.texts[i] = `${this.heads[i]}\n ${texts.join(" ")} \n ${[...sounds].join(" ")} \n`;
    }
  }

  /** @returns {string[]} The folded words of a text, and further forms under which they are found. */
  wordsOf(/** @type {string} */ text) {
    const words = this.folding.words(text);
    if (isAscii(text)) return words;
    const apart = (text.match(this.joined) ?? []).flatMap((one) => this.folding.words(one.replaceAll("\u200c", " ")));
    const latin = words
      .filter((word) => !isAscii(word) && this.folding.isSpelled(word))
      .flatMap((word) => this.folding.latin(word));
    return [...words, ...apart, ...latin];
  }

  /** @returns {number[]} Indices of the events that match the most likely meaning of a text that any event matches. */
  find(/** @type {string} */ text) {
    const terms = this.query.terms(text);
    for (const read of [() => terms, () => this.query.termsWithCityBegun(text), () => this.corrected(terms)]) {
      const found = this.matching(read());
      if (found.length) return found;
    }
    return [];
  }

  /** @returns {string[]} */
  similarWords(/** @type {string} */ text) {
    const terms = this.query.terms(text);
    if (this.matching(terms).length || this.matching(this.query.termsWithCityBegun(text)).length) return [];
    const corrected = this.corrected(terms);
    if (!this.matching(corrected).length) return [];
    return corrected.filter((term) => !terms.includes(term)).flatMap((term) => [...term.phrases, ...term.inNames]);
  }

  /** @returns {number[]} */
  matching(/** @type {Term[]} */ terms) {
    const tests = terms.map((term) => this.testOf(term));
    if (!tests.length) return [];
    return this.texts.flatMap((_, i) => (tests.every((test) => test(i)) ? [i] : []));
  }

  testOf(/** @type {Term} */ term) {
    const end = term.isPrefix ? "" : " ";
    const wanted = term.phrases.map((phrase) => ` ${phrase}${end}`);
    for (const whole of [...term.names, ...(term.sound ? [term.sound] : [])]) wanted.push(` ${whole} `);
    const inNames = term.inNames.map((name) => ` ${name} `);
    return (/** @type {number} */ i) =>
      wanted.some((words) => this.texts[i].includes(words)) || inNames.some((name) => this.heads[i].includes(name));
  }

  /** @returns {Term[]} The terms with other words for each that no event has; none if one has none. */
  corrected(/** @type {Term[]} */ terms) {
    const corrected = [];
    for (const term of terms) {
      const found = this.matching([term]).length ? term : this.replaced(term);
      if (!found) return [];
      corrected.push(found);
    }
    return corrected;
  }

  /** @returns {Term | null} What else a word that no event has can mean. */
  replaced(/** @type {Term} */ term) {
    const word = term.phrases[0] ?? "";
    if (!term.isPrefix || split(word).length !== 1) return null;
    const kind = { phrases: [], isPrefix: false, sound: "", names: [], inNames: this.query.kindsOfOtherWords(word) };
    if (this.matching([kind]).length) return kind;
    for (const spellings of [this.forms.latinSpellings(word), this.forms.nearSpellings(word)]) {
      const words = [...new Set(spellings)].filter((one) => this.vocabulary.has(one));
      if (words.length) return { phrases: words, isPrefix: true, sound: "", names: [], inNames: [] };
    }
    return null;
  }
}

/** Return the text of an event that the file shows, as rallymap/views/single_file.py joins it. */
function shownText(/** @type {EventRecord} */ event) {
  return [event[1], ...event[9], ...event[10].flat()].join("\n");
}

/** Yield the texts at positions of a shown text, and strings that are not shown. */
function* piecesOf(/** @type {number[]} */ pieces, /** @type {string} */ shown, /** @type {string[]} */ strings) {
  for (let at = 0; at < pieces.length; at += 1) {
    if (pieces[at] < 0) {
      yield strings[-1 - pieces[at]];
    } else {
      yield shown.slice(pieces[at], pieces[at] + pieces[at + 1]);
      at += 1;
    }
  }
}
