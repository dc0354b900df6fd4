import { RE2JS, RE2JSSyntaxException } from 're2js';
import type { Wording } from '../../errors/sentence.ts';
import { patternFault, ruleFault } from '../rule/rule-faults.ts';
import { patternProblem } from './pattern-problems.ts';

/** Largest automaton of a pattern, in instructions: matching costs at most this much per character. */
const patternSizeMaxInstructions = 300;

/** What an instruction of the automaton costs at each character, in units of work. */
const unitsPerInstruction = 3;

/** Finds the part of a text that a pattern names; null when the pattern is not found. */
export type ExtractPart = (text: string) => string | null;

/**
 * Makes a finder of a regular expression in the syntax of RE2, which matches in time linear in the text whatever the
 * pattern: no backtracking, hence no back references and no look-around.
 *
 * @param group which bracketed group to take; 0 is the whole match, and the first group is taken when left out
 * @returns the finder and what it costs at most, or what is wrong with the pattern
 */
export function compileExtract(
  pattern: string,
  group: number | undefined,
): { extract: ExtractPart; unitsPerChar: number } | { fault: Wording } {
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(pattern);
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) return { fault: patternFault(pattern, patternProblem(error)) };
    throw error;
  }
  if (compiled.programSize() > patternSizeMaxInstructions) {
    return { fault: ruleFault('pattern-too-large') };
  }
  const wanted = group ?? Math.min(1, compiled.groupCount());
  if (wanted < 0 || wanted > compiled.groupCount()) {
    return { fault: ruleFault('no-pattern-group', { group: wanted }) };
  }
  // Goes through the text once; a matcher would go through it again for its groups.
  const engine = compiled.re2();
  return {
    unitsPerChar: compiled.programSize() * unitsPerInstruction,
    extract: (text) => {
      const groups = engine.findSubmatch(text) as (string | null)[] | null;
      return groups?.[wanted] ?? null;
    },
  };
}
