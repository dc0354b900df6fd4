import { useQuery } from '@tanstack/react-query';
import { notificationsQuery } from '../../api/queries/notifications.ts';
import { useTranslation } from '../../i18n.ts';
import { Page } from '../../parts/page/page.tsx';
import { ErrorNote, ListSkeleton } from '../../parts/page/states.tsx';
import { Channels } from './channels.tsx';
import { LatestMessages } from './latest-messages.tsx';
import { MyMail } from './my-mail.tsx';
import { NamesSetting } from './names-setting.tsx';
import { OtherPeople } from './other-people.tsx';
import './notifications.css';

/** Who is told of what, by e-mail and in chats, and what became of the latest messages. */
export function NotificationsPage() {
  const { t } = useTranslation();
  const notifications = useQuery(notificationsQuery);
  return (
    <Page title={t('notifications.title')} intro={t('notifications.intro')}>
      <ErrorNote error={notifications.error} retry={() => void notifications.refetch()} />
      {notifications.data === undefined ? (
        !notifications.error && <ListSkeleton />
      ) : (
        <>
          <MyMail saved={notifications.data} />
          <Channels channels={notifications.data.channels} />
          <OtherPeople people={notifications.data.people} />
          <NamesSetting saved={notifications.data} />
          <LatestMessages />
        </>
      )}
    </Page>
  );
}
