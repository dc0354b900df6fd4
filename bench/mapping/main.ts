/**
 * `npm run bench:mapping`: the figures that the attribute mapping is held to. Each is a ratio of two things measured
 * in this run: twenty rules to a hand-written function, and a preview of rules to the run that applies them.
 * `--people 10000` takes a smaller company, `--rules` measures the rules alone, without a database.
 */
import { parseArgs } from 'node:util';
import { measurePreview } from './preview-cost.ts';
import { measureTwentyRules } from './twenty-rules-cost.ts';

/** The most that twenty rules may cost, in times the cost of the hand-written function. */
const rulesRatioMax = 3;
/** The most that the exact counts and the first page of a preview may cost, in times the cost of the run. */
const countsRatioMax = 0.5;
const firstPageRatioMax = 0.02;

await import(new URL('../../check-node.js', import.meta.url).href);
const { values } = parseArgs({
  options: { people: { type: 'string', default: '100000' }, rules: { type: 'boolean', default: false } },
});
let missed = 0;
reportRules();
if (!values.rules) await reportPreview(Number(values.people));
process.exit(missed === 0 ? 0 : 1);

function reportRules(): void {
  const { rules, byRulesMicroseconds, byHandMicroseconds } = measureTwentyRules();
  line(`${rules} rules, one person`, `${byRulesMicroseconds.toFixed(2)} µs`);
  line('a hand-written function', `${byHandMicroseconds.toFixed(2)} µs`);
  figure('  rules ÷ hand', byRulesMicroseconds / byHandMicroseconds, rulesRatioMax);
}

async function reportPreview(people: number): Promise<void> {
  const { firstPageMs, countsMs, runMs } = await measurePreview(people);
  line(`preview of ${people.toLocaleString('en')} people, first page`, `${firstPageMs.toFixed(0)} ms`);
  line('preview, exact counts', `${countsMs.toFixed(0)} ms`);
  line('the run that applies the rules', `${runMs.toFixed(0)} ms`);
  figure('  first page ÷ run', firstPageMs / runMs, firstPageRatioMax);
  figure('  exact counts ÷ run', countsMs / runMs, countsRatioMax);
}

function figure(label: string, is: number, atMost: number): void {
  if (is > atMost) missed += 1;
  line(label, `${is.toFixed(3)} (≤ ${atMost}: ${is <= atMost ? 'met' : 'NOT MET'})`);
}

function line(label: string, text: string): void {
  process.stdout.write(`${label.padEnd(44)} ${text}\n`);
}
