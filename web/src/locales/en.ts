import { firstEn } from './first-en.ts';
import { moreEn } from './more-en.ts';

/** The page in English. */
export const en = { ...firstEn, ...moreEn };
