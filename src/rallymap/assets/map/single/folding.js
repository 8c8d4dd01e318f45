// Folds texts to the words that a search compares, by the rules in the file: like rallymap/search/folding.py.

/** @import { Rules } from "./search_types.js" */

const ASCII = /^[\0-\x7f]*$/;
const OTHER_THAN_WORDS = /[^\p{L}\p{N}\p{M}]/gu;
const DIGIT = /\p{Nd}/u;

export class Folding {
  constructor(/** @type {Rules} */ rules) {
    this.letters = rules.letters;
    this.short = rules.short_forms;
    this.most = rules.most.word;
    const { marks, apostrophes, joiners, unspaced } = rules.patterns;
    this.marks = new RegExp(marks, "gu");
    this.apostrophes = new RegExp(apostrophes, "gu");
    this.joiners = new RegExp(joiners, "gu");
    this.unspaced = new RegExp(unspaced, "gu");
    /** @type {Map<string, string>} */
    this.latinForms = new Map();
    for (const [first, forms] of rules.latin) {
      for (const [at, form] of forms.split("\n").entries()) {
        this.latinForms.set(String.fromCodePoint(first + at), form);
      }
    }
  }

  /** Reduce a text to lower-case letters without accents, digits and spaces. */
  fold(/** @type {string} */ text) {
    if (isAscii(text)) {
      return text
        .replace(this.apostrophes, "")
        .toLowerCase()
        .replace(/[^a-z0-9]/g, " ")
        .trim();
    }
    const lower = this.unify(text.replace(this.joiners, "").normalize("NFKC").toLowerCase().replace(/ς/g, "σ"));
    const plain = this.unify(lower.normalize("NFKD").replace(this.marks, "").normalize("NFC"));
    return plain.replace(this.apostrophes, "").replace(OTHER_THAN_WORDS, " ").trim();
  }

  unify(/** @type {string} */ text) {
    return [...text].map((char) => this.letters[char] ?? char).join("");
  }

  /** @returns {string[]} The folded words; in scripts without spaces each letter is a word. */
  words(/** @type {string} */ text) {
    let folded = this.fold(text);
    if (!isAscii(folded)) {
      folded = [...folded].map((char) => (char > "\x7f" && DIGIT.test(char) ? digitValue(char) : char)).join("");
      folded = folded.replace(this.unspaced, " $& ");
    }
    return split(folded).map((word) => [...word].slice(0, this.most).join(""));
  }

  /** @returns {string[]} The words of a folded word in Latin letters. */
  latin(/** @type {string} */ word) {
    return this.words([...word].map((char) => this.latinForms.get(char) ?? (isAscii(char) ? char : "")).join(""));
  }

  /** Return whether a word's script spells sounds, so that it has a Latin form. */
  isSpelled(/** @type {string} */ word) {
    return [...word].length > 1 && word.search(this.unspaced) < 0;
  }

  /** Return the key of a name: its folded words without spaces. */
  key(/** @type {string} */ text) {
    return split(this.fold(text))
      .map((word) => this.short[word] ?? word)
      .join("");
  }
}

export function isAscii(/** @type {string} */ text) {
  return ASCII.test(text);
}

/** @returns {string[]} */
export function split(/** @type {string} */ text) {
  return text.split(/\s+/u).filter(Boolean);
}

/** Return a decimal digit of any script as "0" to "9": the digits of a script follow each other. */
function digitValue(/** @type {string} */ digit) {
  const code = /** @type {number} */ (digit.codePointAt(0));
  let value = 0;
  while (value < 9 && DIGIT.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}
