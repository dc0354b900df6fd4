import type { limitsEn } from './limits-en.ts';

/** Quotas, in German. */
export const limitsDe: Record<keyof typeof limitsEn, string> = {
  'quota.title': 'Grenzen dieses Arbeitsbereichs',
  'quota.intro': 'Wie viel dieser Arbeitsbereich hat und wie viel er haben kann. {product} legt die Grenzen fest.',
  'quota.users': 'Benutzer aus dem Identitätsanbieter',
  'quota.groups': 'Gruppen aus dem Identitätsanbieter',
  'quota.members': 'Mitglieder',
  'quota.logMegabytesToday': 'Bereitstellungsprotokoll heute, in Megabyte',
  'quota.of': '{used, number} von {max, number}',
  'quota.nearTitle': 'Eine Grenze dieses Arbeitsbereichs ist fast erreicht',
  'quota.reachedTitle': 'Eine Grenze dieses Arbeitsbereichs ist erreicht',
  'quota.near': 'Fast erreicht',
  'quota.reached': 'Erreicht',
  'quota.look': 'Grenzen ansehen',
  'quota.effect.users':
    'Darüber hinaus werden neue Personen aus Ihrem Identitätsanbieter abgelehnt. Wer schon da ist, bleibt.',
  'quota.effect.groups':
    'Darüber hinaus werden neue Gruppen aus Ihrem Identitätsanbieter abgelehnt. Vorhandene bleiben.',
  'quota.effect.members':
    'Darüber hinaus lassen sich keine Mitglieder von Hand oder aus einer Datei anlegen. Die Synchronisierung läuft weiter.',
  'quota.effect.logMegabytesToday':
    'Bis Mitternacht (UTC) werden Anfragen ohne ihren Inhalt protokolliert.',
};
