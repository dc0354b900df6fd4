import { Anchor, AppShell, Burger, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useEffect } from 'react';
import { useLocation } from 'react-router';
import { useTranslation } from '../i18n.ts';
import { iconUrl, isEmbedded, isHidden, productName } from '../page-facts.ts';
import { WorkspaceName } from '../parts/page/route-focus.ts';
import { Navigation } from './navigation.tsx';
import { useSession } from './session-gate.tsx';
import { UnreachableBar } from './unreachable-bar.tsx';
import { UserMenu } from './user-menu.tsx';

const navigationWidthPx = 272;
const headerHeightPx = 56;
const navbar = { width: navigationWidthPx, breakpoint: 'md' };
/** A product that shows this page inside its own may have both there; elsewhere nobody could sign out without. */
const hasHead = !isEmbedded || !isHidden('header');
const hasNavigation = !isEmbedded || !isHidden('navigation');

interface ShellProps {
  /** Whether provisioning is switched on. */
  active: boolean;
  /** Whether the product has roles. */
  hasRoles: boolean;
  noAnswer: boolean;
  children: ReactNode;
}

/** The frame of every screen. */
export function Shell({ active, hasRoles, noAnswer, children }: ShellProps) {
  const { t } = useTranslation();
  const { workspace, role } = useSession();
  const [opened, { toggle, close }] = useDisclosure();
  const { pathname } = useLocation();
  useEffect(() => {
    close();
    window.scrollTo(0, 0);
  }, [pathname, close]);
  return (
    <WorkspaceName value={workspace.name}>
      <a className="skip-link" href="#content">
        {t('skip')}
      </a>
      <AppShell
        {...(hasHead && { header: { height: headerHeightPx } })}
        {...(hasNavigation && { navbar: { ...navbar, collapsed: { mobile: !opened } } })}
        padding={{ base: 'md', md: 'xl' }}
      >
        {hasHead && (
          <AppShell.Header>
            <Head>{hasNavigation && <NavigationToggle opened={opened} onToggle={toggle} />}</Head>
          </AppShell.Header>
        )}
        {hasNavigation && (
          <AppShell.Navbar p="sm" aria-label={t('nav.label')}>
            {!hasHead && <NavigationToggle opened={opened} onToggle={toggle} />}
            <Navigation active={active} hasRoles={hasRoles} />
          </AppShell.Navbar>
        )}
        <AppShell.Main id="content" tabIndex={-1}>
          {!hasHead && hasNavigation && <NavigationToggle opened={opened} onToggle={toggle} />}
          <UnreachableBar noAnswer={noAnswer} />
          {role !== 'owner' && (
            <Text size="sm" c="dimmed" mb="md">
              {t(`session.${role}`)}
            </Text>
          )}
          {children}
        </AppShell.Main>
      </AppShell>
    </WorkspaceName>
  );
}

interface NavigationToggleProps {
  opened: boolean;
  onToggle: () => void;
}

/** Where there is no room for the navigation beside the page. */
function NavigationToggle({ opened, onToggle }: NavigationToggleProps) {
  const { t } = useTranslation();
  return (
    <Burger
      opened={opened}
      onClick={onToggle}
      hiddenFrom="md"
      size="sm"
      aria-label={t('nav.toggle')}
      aria-expanded={opened}
    />
  );
}

/** Whose settings these are, the way back to the product, and who is signed in. */
function Head({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { workspace, returnUrl } = useSession();
  return (
    <Group h="100%" px="md" justify="space-between" wrap="nowrap">
      <Group gap="sm" wrap="nowrap" miw={0}>
        {children}
        <img className="logo" src={iconUrl} alt="" height={28} />
        <Text fw={600} truncate>
          {workspace.name}
        </Text>
        <Text size="sm" c="dimmed" truncate visibleFrom="sm">
          {productName}
        </Text>
      </Group>
      <Group gap="sm" wrap="nowrap">
        {returnUrl !== null && !isEmbedded && (
          <Anchor href={returnUrl} size="sm" rel="noreferrer">
            {t('nav.back')}
          </Anchor>
        )}
        <UserMenu />
      </Group>
    </Group>
  );
}
