import { Collapse, Group, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import type { PreviewedPerson } from '../../api/shapes.ts';
import { type Translate, useTranslation } from '../../i18n.ts';
import { StateBadge } from '../../parts/page/badges.tsx';
import { FieldChanges, useFieldName } from '../../parts/text/field-changes.tsx';
import { propertyField } from '../../parts/text/field-name.ts';

/** A person of the directory, with what the rules would change. It opens to each field before and after. */
export function PersonRow({ person }: { person: PreviewedPerson }) {
  const { t } = useTranslation();
  const nameOf = useFieldName();
  const [open, setOpen] = useState(false);
  const { changes, problems, newOptions } = person;
  return (
    <li className="preview-person">
      <button type="button" className="row-cells mapped" aria-expanded={open} onClick={() => setOpen(!open)}>
        <strong className="cell">{person.name}</strong>
        <span className="cell">
          {whatBecomes(person, t) ?? changes.map(({ field }) => nameOf(field)).join(', ')}
        </span>
        <Group gap={6} className="wide-only">
          {problems.length > 0 && (
            <StateBadge tone="red">{t('mapping.problems', { count: problems.length })}</StateBadge>
          )}
          {newOptions.length > 0 && (
            <StateBadge tone="blue">{t('mapping.newOptions', { count: newOptions.length })}</StateBadge>
          )}
        </Group>
        <IconChevronDown size={16} aria-hidden style={{ transform: open ? 'rotate(180deg)' : 'none' }} />
      </button>
      <Collapse expanded={open}>{open && <PersonDetails person={person} />}</Collapse>
    </li>
  );
}

function PersonDetails({
  person: { memberId, changes, values, problems, newOptions },
}: {
  person: PreviewedPerson;
}) {
  const { t } = useTranslation();
  const nameOf = useFieldName();
  const changed = memberId !== null && changes.length > 0;
  const shown = changed
    ? changes
    : values.map(({ target, value }) => ({
        // The manager is shown as the identity provider sent it.
        field: target === 'managerId' ? 'manager' : target,
        before: null,
        after: value,
      }));
  return (
    <div className="preview-details">
      {problems.map((problem) => (
        <Text key={problem.target} size="sm" c="var(--mantine-color-error)">
          <strong>{nameOf(problem.target)}:</strong> {problem.text}
        </Text>
      ))}
      {newOptions.map(({ property, name }) => (
        <Text key={`${property} ${name}`} size="sm">
          {t('mapping.becomesOption', { name, property: nameOf(propertyField(property)) })}
        </Text>
      ))}
      <FieldChanges
        changes={shown.map(({ field, before, after }) => ({ field, before, after }))}
        isNew={!changed}
      />
    </div>
  );
}

/** What is said in place of the fields that change: nothing changes, they are left as they are, or they are no member yet. */
function whatBecomes(
  { memberId, withheld, inConflict, changes }: PreviewedPerson,
  t: Translate,
): string | null {
  const isNew = memberId === null;
  if (!isNew && changes.length === 0) return t('mapping.unchanged');
  if (withheld) return t('mapping.withheld');
  if (!isNew && inConflict) return t('mapping.inConflict');
  return isNew ? t('mapping.notMember') : null;
}
