/** One condition that a found event meets; see Term in rallymap/search/words.py. Phrases are words with spaces. */
export interface Term {
  phrases: string[];
  isPrefix: boolean;
  sound: string;
  names: string[];
  inNames: string[];
}

/** Rules that rallymap/search/rules.py writes. */
export interface Rules {
  letters: Record<string, string>;
  patterns: Record<"marks" | "apostrophes" | "joiners" | "unspaced" | "quoted" | "joined", string>;
  latin: [number, string][];
  short_forms: Record<string, string>;
  numbers: [string, string][];
  alphabets: string[];
  sounds: { classes: [string, string][]; digraphs: [string, string][]; latin: string; other: string };
  spellings: {
    consonants: Record<string, string[]>;
    vowels: Record<"first" | "between" | "after a vowel" | "last", Record<string, string[]>>;
    gaps: string[];
  };
  least: Record<
    "prefix" | "numbered" | "stem" | "corrected" | "consonants" | "spelled" | "beginning" | "city" | "other_city",
    number
  >;
  most: Record<"word" | "words" | "name" | "spellings", number>;
  city_letters: Record<string, string[]>;
  capitals_only: string[];
  region_letters: Record<string, string[]>;
  unmistakable: string[];
  country_letters: Record<string, string>;
  names: Record<string, string[]>;
  kinds: Record<string, string[]>;
  kind_words: Record<string, string>;
}

/** What rallymap/views/file_search.py writes. */
export interface SearchData {
  rules: Rules;
  /** Searchable texts that are not shown. */
  strings: string[];
  /** For each event its titles, names and other texts, as start and length in its shown text, or -1 - index of a string. */
  pieces: [number[], number[], number[]][];
  /** Names of communities by their other words. */
  communities: Record<string, string>;
  /** Names of cities and regions by their keys in other languages. */
  cities: Record<string, string[]>;
  /** Keys whose beginning means a place: key, least number of letters, name, beginnings that mean a country. */
  beginnings: [string, number, string, string[]][];
  /** Simplified Chinese characters by traditional ones. */
  simplified: Record<string, string>;
}
