import { readFileSync } from 'node:fs';
import type { Locale } from '../words';

/** A documented patient: what is typed into the chart, and what the chart then says in words. */
export interface ClinicalCase {
  title: string;
  locale: Locale;
  /** Whole years on the day of the test. */
  age: number;
  /** Lines of the quick entry, in the order of the examination. */
  lines: string[];
  /** The list of the chart: a tooth, and each of its states as `layer: state`. */
  list: [tooth: string, ...states: string[]][];
  /** Depths of a periodontal exam, tooth by tooth: outer and inner sites from distal to mesial. */
  exam?: {
    teeth: Record<string, [outer: string, inner: string]>;
    /** How far the gum has receded there, in the same order. */
    recession: Record<string, [outer: string, inner: string]>;
    /** Sites that bleed, as `16 DB`. */
    bleeding: string[];
    /** What the API sums up. */
    summary: Record<string, number>;
    suggested: Record<string, string>;
  };
}

export function caseOf(name: 'child' | 'bridge' | 'periodontal'): ClinicalCase {
  return JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8')) as ClinicalCase;
}
