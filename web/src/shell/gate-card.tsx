import { Center, type MantineSpacing, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { iconUrl } from '../page-facts.ts';

interface GateCardProps {
  title: string;
  maw?: string;
  gap?: MantineSpacing;
  children: ReactNode;
}

/** What stands in place of the screen while nobody is signed in. */
export function GateCard({ title, maw = '30rem', gap = 'md', children }: GateCardProps) {
  return (
    <Center component="main" mih="100vh" p="md">
      <Stack className="card-surface" p="xl" maw={maw} gap={gap}>
        <img className="logo" src={iconUrl} alt="" height={40} />
        <Title order={1}>{title}</Title>
        {children}
      </Stack>
    </Center>
  );
}
