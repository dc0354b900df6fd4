import type { en } from './en.ts';

/** The name of a text of the screen. */
export type TextKey = keyof typeof en;

/** What fills the places of a text. */
export type TextValues = Readonly<Record<string, unknown>>;

/** Words the text of a name. Its values fill the places of the ICU message; `{product}` is always filled. */
export type Translate = (key: TextKey, values?: TextValues) => string;
