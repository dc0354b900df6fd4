import { auditEn } from '../../locales/audit-en.ts';

type Named = Extract<keyof typeof auditEn, `audit.name.${string}`>;
type NameOf<Key> = Key extends `audit.name.${infer Action}` ? Action : never;

/** Every action that the screen has words for; a test compares them with what the service records. */
export const auditActions = Object.keys(auditEn).flatMap((key) =>
  key.startsWith('audit.name.') ? [key.slice('audit.name.'.length) as NameOf<Named>] : [],
);
