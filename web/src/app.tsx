import { useQuery } from '@tanstack/react-query';
import { type ReactNode, Suspense } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { ApiError } from './api/api-error.ts';
import { overviewQuery } from './api/queries/overview.ts';
import type { Overview } from './api/shapes.ts';
import { useTranslation } from './i18n.ts';
import { isHidden } from './page-facts.ts';
import { Boundary } from './parts/page/boundary.tsx';
import { later } from './parts/page/not-loaded.ts';
import { ErrorNote, ListSkeleton } from './parts/page/states.tsx';
import { NotFoundPage } from './shell/not-found-page.tsx';
import { Shell } from './shell/shell.tsx';
import { SuspensionProvider } from './parts/acts/role.tsx';
import { SuspendedNotice } from './provisioning/activation/suspended-notice.tsx';
import { usePeopleKeptCurrent } from './parts/page/use-kept-current.ts';
import { UserProvisioningPage } from './provisioning/overview/user-provisioning-page.tsx';

const ConnectPage = later(() => import('./provisioning/connect/connect-page.tsx'), 'ConnectPage');
const TokensPage = later(() => import('./provisioning/tokens/tokens-page.tsx'), 'TokensPage');
const SettingsPage = later(() => import('./provisioning/settings/settings-page.tsx'), 'SettingsPage');
const NotificationsPage = later(
  () => import('./provisioning/notifications/notifications-page.tsx'),
  'NotificationsPage',
);
const LogPage = later(() => import('./provisioning/log/log-page.tsx'), 'LogPage');
const AuditPage = later(() => import('./provisioning/audit/audit-page.tsx'), 'AuditPage');
const SynchronizePage = later(() => import('./sync/preview/synchronize-page.tsx'), 'SynchronizePage');
const RunsPage = later(() => import('./sync/runs/runs-page.tsx'), 'RunsPage');
const RunPage = later(() => import('./sync/runs/run-page.tsx'), 'RunPage');
const MappingPage = later(() => import('./mapping/mapping-page.tsx'), 'MappingPage');
const RolesPage = later(() => import('./roles/roles-page.tsx'), 'RolesPage');
const MembersPage = later(() => import('./people/members/members-page.tsx'), 'MembersPage');
const MemberPage = later(() => import('./people/members/member-page.tsx'), 'MemberPage');
const DirectoryPage = later(() => import('./people/directory/directory-page.tsx'), 'DirectoryPage');
const PropertiesPage = later(() => import('./people/properties/properties-page.tsx'), 'PropertiesPage');
const GroupsPage = later(() => import('./people/groups/groups-page.tsx'), 'GroupsPage');
const SessionsPage = later(() => import('./sessions/sessions-page.tsx'), 'SessionsPage');
const GroupPage = later(() => import('./people/groups/group-page.tsx'), 'GroupPage');

/** The screens by their addresses. */
export function App() {
  const { t } = useTranslation();
  const overview = useQuery(overviewQuery);
  usePeopleKeptCurrent(overview.data);
  const { pathname } = useLocation();
  const active = overview.data?.state === 'active';
  const noAnswer =
    overview.data !== undefined && overview.error instanceof ApiError && overview.error.status === 0;
  return (
    <Shell active={active} hasRoles={overview.data?.hasRoles === true} noAnswer={noAnswer}>
      {overview.isPending ? (
        <ListSkeleton slow={t('loading.pending')} />
      ) : overview.data === undefined ? (
        <ErrorNote error={overview.error} retry={() => void overview.refetch()} />
      ) : (
        <Boundary resetBy={[pathname]}>
          <SuspensionProvider until={overview.data.suspendedUntil}>
            <Suspense fallback={<ListSkeleton />}>
              {overview.data.suspendedUntil !== null && (
                <SuspendedNotice until={overview.data.suspendedUntil} />
              )}
              <Screens overview={overview.data} />
            </Suspense>
          </SuspensionProvider>
        </Boundary>
      )}
    </Shell>
  );
}

/** A page that the product leaves out is none. */
function unlessHidden(part: string, screen: ReactNode): ReactNode {
  return isHidden(part) ? <NotFoundPage /> : screen;
}

function Screens({ overview }: { overview: Overview }) {
  const active = overview.state === 'active';
  const provisioning = (screen: ReactNode) =>
    active ? screen : <Navigate to="/user-provisioning" replace />;
  return (
    <Routes>
      <Route path="user-provisioning">
        <Route index element={<UserProvisioningPage overview={overview} />} />
        <Route path="connect" element={provisioning(<ConnectPage />)} />
        <Route path="synchronize" element={provisioning(<SynchronizePage />)} />
        <Route path="directory" element={provisioning(<DirectoryPage />)} />
        <Route path="runs" element={provisioning(<RunsPage />)} />
        <Route path="runs/:id" element={provisioning(<RunPage />)} />
        <Route path="attribute-mapping" element={provisioning(<MappingPage />)} />
        <Route path="roles" element={provisioning(<RolesPage />)} />
        <Route path="tokens" element={provisioning(<TokensPage />)} />
        <Route path="log" element={unlessHidden('log', provisioning(<LogPage />))} />
        <Route path="audit-log" element={unlessHidden('audit-log', <AuditPage />)} />
        <Route
          path="notifications"
          element={unlessHidden('notifications', provisioning(<NotificationsPage />))}
        />
        <Route path="settings" element={provisioning(<SettingsPage />)} />
      </Route>
      <Route path="members" element={unlessHidden('members', <MembersPage />)} />
      <Route path="members/:id" element={unlessHidden('members', <MemberPage />)} />
      <Route path="properties" element={unlessHidden('properties', <PropertiesPage />)} />
      <Route path="groups" element={unlessHidden('groups', <GroupsPage />)} />
      <Route path="groups/:id" element={unlessHidden('groups', <GroupPage />)} />
      <Route path="sessions" element={unlessHidden('sessions', <SessionsPage />)} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}
