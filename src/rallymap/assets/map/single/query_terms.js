// Reads what somebody types in the search as conditions, like rallymap/search/words.py.

import { isAscii, split } from "./folding.js";

/** @import { Folding } from "./folding.js" */
/** @import { SearchData, Term } from "./search_types.js" */
/** @import { WordForms } from "./word_forms.js" */

const INITIALS = /^(?:(?:\p{L}\.){2,}\p{L}?|(?:\p{L}\.)+\p{L})$/u;
const AROUND = /^[()[\]{},;:!?]+|[()[\]{},;:!?]+$/g;
const FEWEST_LETTERS_OF_COMMUNITY = 4;

/** @type {Omit<Term, "phrases" | "isPrefix">} */
const NOTHING = { sound: "", names: [], inNames: [] };

export class QueryTerms {
  constructor(/** @type {SearchData} */ data, /** @type {Folding} */ folding, /** @type {WordForms} */ forms) {
    this.data = data;
    this.rules = data.rules;
    this.folding = folding;
    this.forms = forms;
    this.quoted = new RegExp(this.rules.patterns.quoted, "gu");
    this.joined = new RegExp(this.rules.patterns.joined, "u");
    this.singleNames = Object.keys(this.rules.names).filter((name) => !name.includes(" "));
    this.singleKinds = Object.keys(this.rules.kinds).filter((name) => !name.includes(" "));
  }

  /** @returns {Term[]} The conditions that an event must all meet; none for a text without words. */
  terms(/** @type {string} */ text) {
    const terms = [];
    let at = 0;
    for (const quoted of text.matchAll(this.quoted)) {
      terms.push(...this.looseTerms(text.slice(at, quoted.index)));
      const phrase = this.folding.words(quoted[1]).join(" ");
      if (phrase) terms.push({ ...NOTHING, phrases: [phrase], isPrefix: false });
      at = quoted.index + quoted[0].length;
    }
    return [...terms, ...this.looseTerms(text.slice(at))].slice(0, this.rules.most.words);
  }

  /** @returns {Term[]} The conditions if the last words begin the name of a city in another language; else none. */
  termsWithCityBegun(/** @type {string} */ text) {
    const last = /** @type {string} */ (text.split(this.quoted).at(-1));
    const words = this.words(last);
    for (let count = Math.min(this.rules.most.name, words.length); count > 0; count -= 1) {
      const typed = words.slice(-count).join(" ");
      const letters = this.folding.words(typed).join(" ");
      const cities = this.citiesBegun(typed);
      if (letters && cities.length) {
        const head = last ? text.slice(0, text.lastIndexOf(last)) : text;
        const rest = this.terms(`${head} ${words.slice(0, -count).join(" ")}`);
        const begun = { ...NOTHING, phrases: [letters], isPrefix: true, inNames: cities };
        return [...rest.slice(0, this.rules.most.words - 1), begun];
      }
    }
    return [];
  }

  /** @returns {string[]} English names of the kinds that a word that no event has may mean. */
  kindsOfOtherWords(/** @type {string} */ word) {
    const other = this.rules.kind_words[word];
    if (other) return [other];
    if ([...word].length < this.rules.least.beginning) return [];
    const begun = this.singleKinds.filter((label) => label.startsWith(word));
    return [...new Set(begun.flatMap((label) => this.rules.kinds[label]))];
  }

  /** @returns {string[]} The words of a text: folded, except abbreviations and words with a joiner. */
  words(/** @type {string} */ text) {
    return split(text).flatMap((part) => {
      const named = this.abbreviation(part);
      if (named) return [named];
      const folded = split(this.folding.fold(part));
      return folded.length === 1 && this.joined.test(part) ? [part] : folded;
    });
  }

  /** @returns {Term[]} */
  looseTerms(/** @type {string} */ text) {
    const words = this.words(text);
    const terms = [];
    for (let at = 0; at < words.length; ) {
      const found = this.longestName(words, at);
      if (found) terms.push(found.term);
      else terms.push(...this.term(words[at]));
      at = found ? found.end : at + 1;
    }
    return terms;
  }

  /** Return the term of the longest name of several words that starts here, and where it ends. */
  longestName(/** @type {string[]} */ words, /** @type {number} */ at) {
    for (let end = Math.min(at + this.rules.most.name, words.length); end > at + 1; end -= 1) {
      const named = words.slice(at, end).join(" ");
      const letters = this.folding.words(named).join(" ");
      const inNames = this.inNames(named, letters);
      if (inNames.length || this.isName(letters)) {
        return { end, term: { ...NOTHING, phrases: [letters], isPrefix: false, names: this.names(letters), inNames } };
      }
    }
    return null;
  }

  /** @returns {Term[]} */
  term(/** @type {string} */ word) {
    if (this.abbreviation(word)) return [this.abbreviated(word)];
    const folded = this.folding.words(word);
    const letters = folded.join(" ");
    if (!letters) return [];
    const phrases = [letters];
    const isOne = folded.length === 1;
    if (isOne && this.folding.isSpelled(letters) && !isAscii(letters)) {
      const latin = this.folding.latin(letters).join(" ");
      if (latin && latin !== letters) phrases.push(latin);
    }
    if (this.joined.test(word)) phrases.push(this.folding.words(word.replaceAll("\u200c", " ")).join(" "));
    const isShort = [...word].length === this.rules.least.prefix;
    const isPrefix =
      [.../** @type {string} */ (folded.at(-1))].length >= this.rules.least.prefix &&
      !(isShort && this.isName(letters));
    return [
      {
        phrases,
        isPrefix,
        sound: isOne ? this.forms.soundOfOthers(letters) : "",
        names: [...this.names(letters), ...(isOne ? this.forms.otherNumbers(letters) : [])],
        inNames: this.inNames(word, letters),
      },
    ];
  }

  /** Return the abbreviation of a place, "NYC" or "U.S."; "" for other words. */
  abbreviation(/** @type {string} */ part) {
    const word = part.replace(AROUND, "");
    const initials = INITIALS.test(word);
    const joined = initials ? word.replaceAll(".", "") : word;
    const isRegion = this.regionsOfLetters(joined).length > 0;
    const isPlace = isRegion || this.cityOfLetters(joined).length > 0 || Boolean(this.countryOfLetters(joined));
    return initials || isPlace ? word : "";
  }

  /** @returns {Term} */
  abbreviated(/** @type {string} */ word) {
    const joined = word.replaceAll(".", "");
    const letters = this.folding.words(joined);
    const cities = this.cityOfLetters(joined);
    const country = this.countryOfLetters(joined);
    const isUpper = joined === joined.toUpperCase() && joined !== joined.toLowerCase();
    const phrases = isUpper && letters.length === 1 ? [[...letters[0]].join(" ")] : [];
    const isOtherWord = isUpper && Boolean(country || cities.length) && joined.length === this.rules.least.prefix;
    if (letters.length && !(isOtherWord && !this.cityOfLetters(joined.toLowerCase()).length)) {
      phrases.push(letters.join(" "));
    }
    const names = [...this.names(letters.join(" ")), ...(country ? [country] : [])];
    const regions = cities.length || country ? [] : this.regionsOfLetters(joined);
    const isPrefix = regions.length > 0 && joined.length > this.rules.least.prefix;
    return { ...NOTHING, phrases, isPrefix, names, inNames: [...cities, ...regions] };
  }

  /** @returns {string[]} */
  cityOfLetters(/** @type {string} */ letters) {
    const written = letters.replaceAll("’", "'");
    const capitals = written.toUpperCase();
    if (this.rules.capitals_only.includes(capitals) && written !== capitals) return [];
    return this.rules.city_letters[capitals] ?? [];
  }

  /** @returns {string[]} */
  regionsOfLetters(/** @type {string} */ letters) {
    const capitals = letters.toUpperCase();
    const isMeant = letters === capitals || this.rules.unmistakable.includes(capitals);
    return (isMeant && this.rules.region_letters[capitals]) || [];
  }

  countryOfLetters(/** @type {string} */ letters) {
    return this.rules.country_letters[letters] ?? "";
  }

  /** Return whether folded words are the full name of a country or community other than the English one. */
  isName(/** @type {string} */ letters) {
    const community = this.community(letters);
    return letters in this.rules.names || (community !== "" && community !== letters);
  }

  /** @returns {string[]} English names of countries and communities. */
  names(/** @type {string} */ letters) {
    const found = [...(this.rules.names[letters] ?? []), this.community(letters)];
    if (!letters.includes(" ") && [...letters].length >= this.rules.least.beginning) {
      for (const name of this.singleNames) if (name.startsWith(letters)) found.push(...this.rules.names[name]);
    }
    return [...new Set(found)].filter((name) => name && name !== letters);
  }

  community(/** @type {string} */ letters) {
    if ([...letters].length < FEWEST_LETTERS_OF_COMMUNITY && isAscii(letters)) return "";
    const { communities } = this.data;
    return communities[letters] ?? communities[letters.replace(/s$/, "")] ?? "";
  }

  /** @returns {string[]} Names of cities, regions and kinds without those that begin with the words. */
  inNames(/** @type {string} */ named, /** @type {string} */ letters) {
    const key = this.key(named);
    const { city, other_city: other } = this.rules.least;
    const cities = [...key].length >= (isAscii(key) ? city : other) ? (this.data.cities[key] ?? []) : [];
    const found = [...cities, ...(this.rules.kinds[letters] ?? [])];
    return found.filter((name) => !`${name} `.startsWith(`${letters} `));
  }

  /** @returns {string[]} */
  citiesBegun(/** @type {string} */ typed) {
    const key = this.key(typed);
    const length = [...key].length;
    const found = this.data.beginnings.filter(
      ([whole, least, , countries]) => length >= least && whole.startsWith(key) && !countries.includes(key),
    );
    return [...new Set(found.map(([, , name]) => name))];
  }

  key(/** @type {string} */ text) {
    return [...this.folding.key(text)].map((char) => this.data.simplified[char] ?? char).join("");
  }
}
