import type { rolesEn } from './roles-en.ts';

/** German texts of roles. */
export const rolesDe: Record<keyof typeof rolesEn, string> = {
  'roles.intro':
    'Gruppen und Attribute Ihres Identitätsanbieters bestimmen, welche Rolle Personen in {product} haben. Treffen mehrere Regeln zu, gilt die höchste Rolle.',
  'roles.noRoles': '{product} hat keine Rollen',
  'roles.noRolesText':
    'Sobald {product} seine Rollen angibt, legen Sie hier fest, welche Gruppen und Attribute sie verleihen.',
  'roles.declared': 'Verfügbare Rollen',
  'roles.declaredText': 'Wie von {product} angegeben, die höchste zuerst.',
  'roles.privileged': 'Besondere Rechte',
  'roles.max': '{count, plural, one {höchstens eine Person} other {höchstens # Personen}}',
  'roles.rules': 'Regeln',
  'roles.rulesText':
    'Eine Regel für eine Gruppe gehört zur Gruppe selbst; eine Umbenennung ändert nichts. Die Reihenfolge der Regeln ist ohne Bedeutung.',
  'roles.addGroup': 'Gruppe hinzufügen',
  'roles.addAttribute': 'Attribut hinzufügen',
  'roles.noRules': 'Noch keine Regeln',
  'roles.noRulesText':
    'Fügen Sie eine Gruppe hinzu, um den Personen darin eine Rolle zu geben, oder ein Attribut, um sie nach seinem Wert zu vergeben.',
  'roles.ruleLabel': 'Regel {number, number}',
  'roles.removeRule': 'Regel {number, number} entfernen',
  'roles.group': 'Gruppe',
  'roles.groupGone': 'Diese Gruppe ist nicht mehr im Verzeichnis.',
  'roles.attribute': 'Attribut',
  'roles.value': 'Wert',
  'roles.others': 'Alle anderen',
  'roles.othersText': 'Was für Personen gilt, auf die keine Regel zutrifft.',
  'roles.default': 'Standardrolle',
  'roles.none': 'Keine Rolle',
  'roles.withoutGroup': 'Personen, auf die keine Regel zutrifft',
  'roles.withoutGroup.default': 'Erhalten die Standardrolle',
  'roles.withoutGroup.keep': 'Behalten ihre bisherige Rolle',
  'roles.withoutGroup.deactivate': 'Verlieren den Zugang',
  'roles.effects': 'Was das bewirken würde',
  'roles.effectsText':
    'Für alle berechnet, als würden Sie jetzt speichern und synchronisieren. Verliert später jemand bei Ihrem Identitätsanbieter eine Rolle, wird sie innerhalb von Sekunden entzogen, ohne automatische Synchronisierung erst mit der nächsten; Rollen mit besonderen Rechten werden nur vergeben, wenn ein Admin synchronisiert, sofern die Einstellungen nichts anderes festlegen.',
  'roles.incomplete': 'Vervollständigen Sie jede Regel, um zu sehen, was sie bewirkt.',
  'roles.nobody':
    'Bei niemandem ändert sich die Rolle ({count, plural, one {# Person geprüft} other {# Personen geprüft}}).',
  'roles.will.gain':
    '{count, plural, one {# Person erhält eine Rolle} other {# Personen erhalten eine Rolle}}',
  'roles.will.lose':
    '{count, plural, one {# Person verliert eine Rolle} other {# Personen verlieren eine Rolle}}',
  'roles.will.deactivate':
    '{count, plural, one {# Person verliert den Zugang} other {# Personen verlieren den Zugang}}',
  'roles.will.held':
    '{count, plural, one {# Person wird zurückgestellt} other {# Personen werden zurückgestellt}}',
  'roles.kind.gain': 'Erhält Rolle',
  'roles.kind.lose': 'Verliert Rolle',
  'roles.kind.deactivate': 'Verliert den Zugang',
  'roles.kind.held': 'Zurückgestellt',
  'roles.costly': '{count, plural, one {Eine Regel ist} other {Einige Regeln sind}} zu aufwendig',
  'roles.costlyText':
    'Diese Personen behalten ihre Rolle, und neue erhalten daraus keine. Lesen Sie das Attribut ohne Filter, oder gehen Sie stattdessen nach einer Gruppe.',
  'roles.people': 'Personen, deren Rolle sich ändern würde',
  'roles.more': 'und {count, number} weitere',
  'roles.saved': 'Gespeichert; gilt ab der nächsten Synchronisierung',
  'roles.unsavedText': 'Nach dem Speichern gelten die Regeln ab der nächsten Synchronisierung.',
  'roles.staleText': 'Jemand anderes hat inzwischen andere Regeln gespeichert.',
  'roles.because': '{count, plural, one {wegen der Gruppe {groups}} other {wegen der Gruppen {groups}}}',
  'roles.whenPrivileged': 'Wann Rollen mit besonderen Rechten vergeben werden',
  'roles.whenPrivilegedHint':
    'Entzogen werden Rollen in jedem Fall sofort, solange die automatische Synchronisierung läuft.',
  'roles.whenPrivileged.reviewed': 'Wenn ein Admin synchronisiert',
  'roles.whenPrivileged.immediately': 'Mit jeder Synchronisierung',
  'runs.one.role': 'Verlorene Rollen',
  'seats.order.roles': 'Personen mit der höchsten Rolle nach ihren Gruppen',
};
