import { ActionIcon, Button, Group, Menu, Text } from '@mantine/core';
import { IconArrowRight, IconDots, IconGripVertical, IconPencil } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Rule } from '../../api/shapes.ts';
import { useTranslation } from '../../i18n.ts';
import { StateBadge } from '../../parts/page/badges.tsx';
import { useDragOrder } from '../../parts/lists/drag-order.ts';
import { useFieldName } from '../../parts/text/field-changes.tsx';
import { useToast } from '../../parts/page/toast.tsx';
import type { RuleDraft } from './rule-drafts.ts';
import { isAlternative, pathsOf, sourceName, sourceWords, targetName } from './rule-text.ts';
import { transformText } from './transform-form.ts';

interface RuleListProps {
  drafts: readonly RuleDraft[];
  onMove: (from: number, to: number) => void;
  onEdit: (id: number) => void;
  onRemove: (id: number) => void;
}

/** The rules in their order, which can be changed by dragging, by keyboard and by menu. */
export function RuleList({ drafts, onMove, onEdit, onRemove }: RuleListProps) {
  const { t } = useTranslation();
  const toast = useToast();
  const move = (from: number, to: number) => {
    onMove(from, to);
    toast(t('mapping.moved', { position: to + 1, count: drafts.length }));
  };
  const { list, drag, handle } = useDragOrder(move);
  const rules = drafts.map(({ rule }) => rule);
  return (
    <ol ref={list} className="rule-list" aria-label={t('mapping.rules')}>
      {drafts.map(({ id, rule }, at) => (
        <li
          key={id}
          className="rule-card ordered"
          data-dragged={drag?.from === at || undefined}
          data-drop={drag ? dropSide(at, drag) : undefined}
          style={drag?.from === at ? { transform: `translateY(${drag.offsetPx}px)` } : undefined}
        >
          <RuleRow
            rule={rule}
            at={at}
            count={drafts.length}
            alternative={isAlternative(rules, at)}
            handle={handle(at, drafts.length)}
            onMove={(to) => move(at, to)}
            onEdit={() => onEdit(id)}
            onRemove={() => onRemove(id)}
          />
        </li>
      ))}
    </ol>
  );
}

/** On which side of this item the dragged one would come to lie. */
function dropSide(at: number, { from, to }: { from: number; to: number }): string | undefined {
  if (to === from) return undefined;
  if (to < from) return at === to ? 'before' : undefined;
  return at === to ? 'after' : undefined;
}

interface RuleRowProps {
  rule: Rule;
  at: number;
  count: number;
  alternative: boolean;
  handle: object;
  onMove: (to: number) => void;
  onEdit: () => void;
  onRemove: () => void;
}

function RuleRow({ rule, at, count, alternative, handle, onMove, onEdit, onRemove }: RuleRowProps) {
  const { t } = useTranslation();
  const nameOf = useFieldName();
  const target = nameOf(targetName(rule.target));
  const label = t('mapping.ruleLabel', { source: sourceName(rule.source, t), target });
  return (
    <>
      <button
        type="button"
        className="drag-handle"
        aria-label={t('mapping.drag', { rule: label })}
        {...handle}
      >
        <IconGripVertical size={18} aria-hidden />
      </button>
      <div>
        <RuleSource source={rule.source} />
        {rule.transforms.map((transform, step) => (
          <Text key={`${step}-${transform.name}`} size="xs" c="dimmed">
            {transformText(transform, t)}
          </Text>
        ))}
      </div>
      <IconArrowRight size={16} role="img" aria-label={t('mapping.fills')} className="wide-arrow" />
      <Group gap={6}>
        <strong>{target}</strong>
        {alternative && <StateBadge tone="gray">{t('mapping.alternative')}</StateBadge>}
        {rule.when === 'create' && <StateBadge tone="gray">{t('mapping.onlyCreate')}</StateBadge>}
      </Group>
      <RuleActions label={label} at={at} count={count} onMove={onMove} onEdit={onEdit} onRemove={onRemove} />
    </>
  );
}

type RuleActionsProps = Pick<RuleRowProps, 'at' | 'count' | 'onMove' | 'onEdit' | 'onRemove'> & {
  label: string;
};

function RuleActions({ label, at, count, onMove, onEdit, onRemove }: RuleActionsProps) {
  const { t } = useTranslation();
  return (
    <Group gap={6} wrap="nowrap" justify="flex-end">
      <Button
        size="xs"
        variant="default"
        aria-label={t('mapping.editLabel', { rule: label })}
        onClick={onEdit}
      >
        <span className="wide-only">{t('edit')}</span>
        <IconPencil size={16} aria-hidden className="phone-icon" />
      </Button>
      <Menu position="bottom-end" withinPortal={false}>
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={t('mapping.more', { rule: label })}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item disabled={at === 0} onClick={() => onMove(at - 1)}>
            {t('mapping.up')}
          </Menu.Item>
          <Menu.Item disabled={at === count - 1} onClick={() => onMove(at + 1)}>
            {t('mapping.down')}
          </Menu.Item>
          <Menu.Item c="var(--mantine-color-error)" onClick={onRemove}>
            {t('mapping.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

/** Attributes in words, with their paths small below; everything else is a sentence. */
function RuleSource({ source }: { source: Rule['source'] }): ReactNode {
  const { t } = useTranslation();
  const name = sourceName(source, t);
  const words = sourceWords(source, t);
  if (words === null) return <span>{name}</span>;
  return (
    <>
      {words}
      <Text size="xs" c="dimmed" title={pathsOf(source).join('\n')}>
        <code>{name}</code>
      </Text>
    </>
  );
}
