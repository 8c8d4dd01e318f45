// Further forms of a word: consonant keys, singular and plural, spellings in Latin letters, typing errors. Like
// sounds.py, forms.py and spellings.py in rallymap/search/.

import { isAscii } from "./folding.js";

/** @import { Rules } from "./search_types.js" */

const DOUBLE = /([\p{L}\p{N}_])\1+/gu;

export class WordForms {
  constructor(/** @type {Rules} */ rules) {
    this.rules = rules;
    /** @type {Map<string, string>} */
    this.classOf = new Map();
    for (const [name, letters] of rules.sounds.classes) {
      for (const letter of letters) this.classOf.set(letter, name);
    }
    this.classes = new Set(this.classOf.values());
    this.digraphs = rules.sounds.digraphs.map(([pattern, letters]) => ({
      pattern: new RegExp(pattern, "g"),
      letters,
    }));
  }

  /** Return the consonants of a word as their classes; "" for too few. */
  sound(/** @type {string} */ word) {
    let text = word;
    if (isAscii(word)) for (const { pattern, letters } of this.digraphs) text = text.replace(pattern, letters);
    const classes = [...text.replace(DOUBLE, "$1")].map((letter) => this.classOf.get(letter) ?? letter).join("");
    const sound = [...classes.replace(/h+$/, "")].filter((letter) => this.classes.has(letter)).join("");
    return sound.length >= this.rules.least.consonants ? sound : "";
  }

  /** Return the consonant key of an event's word; "" if it is short. */
  markedSound(/** @type {string} */ word) {
    const sound = this.sound(word);
    return sound && (isAscii(word) ? this.rules.sounds.latin : this.rules.sounds.other) + sound;
  }

  /** Return the consonant key by which a word of another script matches; "" if it is short. */
  soundOfOthers(/** @type {string} */ word) {
    const sound = this.sound(word);
    return sound && (isAscii(word) ? this.rules.sounds.other : this.rules.sounds.latin) + sound;
  }

  /** @returns {string[]} Possible plurals of a singular, and the other way round. */
  otherNumbers(/** @type {string} */ word) {
    const { numbered, stem } = this.rules.least;
    if ([...word].length < numbered + Number(isAscii(word))) return [];
    const found = [];
    for (const [singular, plural] of this.rules.numbers) {
      if (word.endsWith(plural) && word.length - plural.length + singular.length >= stem) {
        found.push(word.slice(0, word.length - plural.length) + singular);
      }
      if (singular && word.endsWith(singular) && !plural.startsWith(singular)) {
        found.push(word.slice(0, word.length - singular.length) + plural);
      }
    }
    return [...new Set(found)];
  }

  /** Yield all words within edit distance 1; two swapped neighbours count as one edit. */
  *nearSpellings(/** @type {string} */ word) {
    const alphabet = this.rules.alphabets.find((letters) => [...word].every((letter) => letters.includes(letter)));
    if (!alphabet || word.length < this.rules.least.corrected) return;
    for (let at = 0; at <= word.length; at += 1) {
      const [head, tail] = [word.slice(0, at), word.slice(at)];
      if (tail) yield head + tail.slice(1);
      if (tail.length > 1) yield head + tail[1] + tail[0] + tail.slice(2);
      for (const letter of alphabet) {
        yield head + letter + tail;
        if (tail && letter !== tail[0]) yield head + letter + tail.slice(1);
      }
    }
  }

  /** @returns {string[]} The Latin words that a word in Arabic letters can be. */
  latinSpellings(/** @type {string} */ word) {
    if (word.length < this.rules.least.spelled) return [];
    const all = this.rules.spellings.gaps.join("");
    for (const gaps of [all, `${this.rules.spellings.gaps[0]} `]) {
      const parts = this.parts(
        word,
        [...gaps].map((gap) => gap.trim()),
      );
      const count = parts.reduce((product, part) => product * part.length, 1);
      if (parts.length && count <= this.rules.most.spellings) {
        return parts.reduce((heads, part) => heads.flatMap((head) => part.map((tail) => head + tail)), [""]);
      }
    }
    return [];
  }

  /** @returns {string[][]} The possible spellings of each letter and gap; [] for a word of other letters. */
  parts(/** @type {string} */ word, /** @type {string[]} */ gaps) {
    const { vowels, consonants } = this.rules.spellings;
    const parts = [];
    let behind = "";
    for (const [at, letter] of [...word].entries()) {
      const between = behind === "vowel" ? "after a vowel" : "between";
      const vowel = vowels[at === 0 ? "first" : at === word.length - 1 ? "last" : between][letter];
      const consonant = consonants[letter];
      if (!vowel && !consonant) return [];
      if (!vowel && behind === "consonant") parts.push(gaps);
      parts.push(vowel ?? consonant);
      behind = vowel ? "vowel" : "consonant";
    }
    return parts;
  }
}
