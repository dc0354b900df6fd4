import { Button, Menu, Text, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconChevronDown, IconDevices, IconLogout } from '@tabler/icons-react';
import { Link } from 'react-router';
import { answer, api } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import { changeLanguage, currentLanguage, type Language, languages, useTranslation } from '../i18n.ts';
import { isEmbedded, isHidden } from '../page-facts.ts';
import { useSession } from './session-gate.tsx';

const schemes = ['auto', 'light', 'dark'] as const;
const check = <IconCheck size={16} aria-hidden />;

/** Language, appearance, sessions, sign out. */
export function UserMenu() {
  const { t } = useTranslation();
  const { email, name, leave } = useSession();
  const signOut = async () => {
    await answer(() => api.DELETE('/api/session')).catch(() => null);
    leave();
  };
  return (
    <Menu position="bottom-end" shadow="md" width={240} withinPortal={false}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          c="var(--mantine-color-text)"
          rightSection={<IconChevronDown size={16} />}
          aria-label={t('user.menu', { email: name === null ? email : `${name} (${email})` })}
        >
          <Text size="sm" visibleFrom="sm" span>
            {name ?? email}
          </Text>
          <span className="avatar" aria-hidden>
            {(name ?? email).slice(0, 1).toUpperCase()}
          </span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <LanguageItems />
        <AppearanceItems />
        <Menu.Divider />
        {!isHidden('sessions') && (
          <Menu.Item component={Link} to="/sessions" leftSection={<IconDevices size={16} />}>
            {t('sessions.title')}
          </Menu.Item>
        )}
        {!isEmbedded && (
          <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
            {t('user.signOut')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function LanguageItems() {
  const { t } = useTranslation();
  const language = currentLanguage();
  // The service words its reasons in the chosen language.
  const choose = async (chosen: Language) => {
    await changeLanguage(chosen);
    await queryClient.invalidateQueries();
  };
  return (
    <>
      <Menu.Label>{t('user.language')}</Menu.Label>
      <Menu.RadioGroup value={language} onChange={(chosen) => void choose(chosen as Language)}>
        {languages.map((each) => (
          <Menu.RadioItem key={each} value={each} lang={each} closeMenuOnClick checkIcon={check}>
            {t(`language.${each}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}

function AppearanceItems() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>{t('user.appearance')}</Menu.Label>
      <Menu.RadioGroup
        value={colorScheme}
        onChange={(chosen) => setColorScheme(chosen as (typeof schemes)[number])}
      >
        {schemes.map((scheme) => (
          <Menu.RadioItem key={scheme} value={scheme} closeMenuOnClick checkIcon={check}>
            {t(`user.scheme.${scheme}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}
