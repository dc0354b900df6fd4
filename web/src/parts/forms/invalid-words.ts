import { type Sentence, say } from '../text/sentence.ts';

/** What of an input says why the browser does not take what stands in it. */
export interface Control {
  type: string;
  validity: { valueMissing: boolean; typeMismatch: boolean; patternMismatch: boolean; badInput: boolean };
}

/** Why an input does not fit, as far as the browser tells. */
export function invalidWords({ type, validity }: Control): Sentence {
  if (validity.valueMissing) return say('form.required');
  if (validity.typeMismatch && type === 'email') return say('form.email');
  if (validity.typeMismatch && type === 'url') return say('form.url');
  if (validity.badInput && type === 'number') return say('form.number');
  if (validity.badInput && type === 'date') return say('form.date');
  return say('form.invalid');
}
