import { Anchor } from '@mantine/core';
import { Link } from '../parts/page/link.tsx';
import { useTranslation } from '../i18n.ts';
import { Page, Section } from '../parts/page/page.tsx';

/** For an address that names no screen. */
export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('notFound.title')}>
      <Section>
        <p>{t('notFound.text')}</p>
        <Anchor component={Link} to="/user-provisioning">
          {t('nav.userProvisioning')}
        </Anchor>
      </Section>
    </Page>
  );
}
