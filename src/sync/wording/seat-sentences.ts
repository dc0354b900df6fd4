import type { Sentence } from '../../errors/sentence.ts';

/** The reasons of people who find no seat, with their sentences. */
export const seatSentences = {
  'no-seat': {
    en: 'Waits for a seat: {limit, plural, =0 {there are none} one {the only one is gone} other {none of the # is left}}. The next one that is free goes to the first person in line.',
    de: 'Wartet auf einen Platz: {limit, plural, =0 {Es gibt keine} one {Der einzige ist nicht mehr frei} other {Von # ist keiner mehr frei}}. Der nächste freie geht an die Person, die zuerst an der Reihe ist.',
  },
  waiting: {
    en: 'Waits for a seat.',
    de: 'Wartet auf einen Platz.',
  },
  'no-seat-left': {
    en: 'Stays as it is: {limit, plural, one {the only seat is taken} other {all # seats are taken}}.',
    de: 'Bleibt, wie es ist: {limit, plural, one {Der einzige Platz ist vergeben} other {Alle # Plätze sind vergeben}}.',
  },
  'no-seat-stay-off': {
    en: '{count, plural, one {# person stays without access, because} other {# people stay without access, because}} {limit, plural, one {the only seat is taken} other {all # seats are taken}}. Bring them back once seats are free.',
    de: '{count, plural, one {# Person bleibt ohne Zugang, weil} other {# Personen bleiben ohne Zugang, weil}} {limit, plural, one {der einzige Platz vergeben ist} other {alle # Plätze vergeben sind}}. Holen Sie sie zurück, sobald Plätze frei sind.',
  },
  'people-wait-for-seat': {
    en: '{count, plural, one {# person waits for a seat and is held until one is free.} other {# people wait for a seat and are held until one is free.}}',
    de: '{count, plural, one {# Person wartet auf einen Platz und ist zurückgestellt, bis einer frei wird.} other {# Personen warten auf einen Platz und sind zurückgestellt, bis einer frei wird.}}',
  },
} satisfies Record<string, Sentence>;
