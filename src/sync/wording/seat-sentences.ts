import type { Sentence } from '../../errors/sentence.ts';

/** The reasons of people who find no seat, with their sentences. */
export const seatSentences = {
  'no-seat': {
    en: 'Waits for a seat: all {limit} are taken. The next one that is free goes to the first person in line.',
    de: 'Wartet auf einen Platz: Alle {limit} sind vergeben. Der nächste freie geht an die Person, die zuerst an der Reihe ist.',
  },
  waiting: {
    en: 'Waits for a seat.',
    de: 'Wartet auf einen Platz.',
  },
  'no-seat-left': {
    en: 'Stays as it is: all {limit} seats are taken.',
    de: 'Bleibt, wie es ist: Alle {limit} Plätze sind vergeben.',
  },
  'people-wait-for-seat': {
    en: 'People who wait for a seat: {count}. They are held until one is free.',
    de: 'Personen, die auf einen Platz warten: {count}. Diese Personen sind zurückgestellt, bis einer frei ist.',
  },
} satisfies Record<string, Sentence>;
