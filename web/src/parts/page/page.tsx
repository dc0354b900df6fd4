import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from './link.tsx';
import { Boundary } from './boundary.tsx';
import { useRouteFocus } from './route-focus.ts';

export interface PageProps {
  title: string;
  intro?: string;
  /** Where this page belongs: shown above the title, as a way back. */
  parent?: { title: string; to: string };
  actions?: ReactNode;
  children: ReactNode;
}

/** One screen: title, what it is for, what can be done, content. */
export function Page({ title, intro, parent, actions, children }: PageProps) {
  const heading = useRouteFocus(title);
  return (
    <Stack gap="lg" className="page">
      <Group justify="space-between" align="flex-end" gap="md">
        <Stack gap={4} flex="1 1 20rem">
          {parent && (
            <Anchor component={Link} to={parent.to} size="sm">
              ← {parent.title}
            </Anchor>
          )}
          <Title order={1} ref={heading} tabIndex={-1}>
            {title}
          </Title>
          {intro && (
            <Text c="dimmed" size="sm" maw="44rem">
              {intro}
            </Text>
          )}
        </Stack>
        {actions && <Group gap="sm">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}

/** The width below which the actions of a section stand under its text: beside a long one it would be a narrow column. */
function textRemOf(intro: string | undefined): number {
  const lengthChars = intro?.length ?? 0;
  return lengthChars > 120 ? 26 : lengthChars > 60 ? 16 : 10;
}

/** A surface with an optional heading. */
export function Section({
  title,
  intro,
  actions,
  children,
  flush = false,
  id,
}: {
  /** For links to this part of a page. */
  id?: string;
  title?: string;
  intro?: string;
  actions?: ReactNode;
  children?: ReactNode;
  /** Whether the content reaches to the edges, as lists do. */
  flush?: boolean;
}) {
  const head = (title !== undefined || actions !== undefined) && (
    <Group justify="space-between" gap="sm" p={flush ? 'md' : 0}>
      <Stack gap={2} flex={`1 1 ${textRemOf(intro)}rem`}>
        {title && <Title order={2}>{title}</Title>}
        {intro && (
          <Text c="dimmed" size="sm">
            {intro}
          </Text>
        )}
      </Stack>
      {actions}
    </Group>
  );
  return (
    <section className="card-surface" id={id}>
      <Stack gap={flush ? 0 : 'md'} p={flush ? 0 : 'lg'}>
        {head}
        <Boundary>{children}</Boundary>
      </Stack>
    </section>
  );
}
