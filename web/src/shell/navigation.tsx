import {
  IconAddressBook,
  IconAdjustmentsHorizontal,
  IconArrowsExchange,
  IconBell,
  IconBuildingCommunity,
  IconClipboardList,
  IconExternalLink,
  IconHistory,
  IconHome,
  IconKey,
  IconListDetails,
  IconPlugConnected,
  IconRefresh,
  IconShieldHalf,
  IconTags,
  IconTimelineEvent,
  IconUsers,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useMatch } from 'react-router';
import { useTranslation } from '../i18n.ts';
import { publicPath } from '../page-facts.ts';
import { Link } from '../parts/page/link.tsx';

const iconSizePx = 18;
const iconStroke = 1.7;

const rolesPath = '/user-provisioning/roles';
const overview = { to: '/user-provisioning', text: 'nav.userProvisioning', icon: IconHome } as const;
const whenActive = [
  { to: '/user-provisioning/connect', text: 'nav.connect', icon: IconPlugConnected },
  { to: '/user-provisioning/synchronize', text: 'nav.synchronize', icon: IconRefresh },
  { to: '/user-provisioning/directory', text: 'nav.directory', icon: IconAddressBook },
  { to: '/user-provisioning/runs', text: 'nav.runs', icon: IconHistory },
  { to: '/user-provisioning/attribute-mapping', text: 'nav.mapping', icon: IconArrowsExchange },
  { to: rolesPath, text: 'nav.roles', icon: IconShieldHalf },
  { to: '/user-provisioning/tokens', text: 'nav.tokens', icon: IconKey },
  { to: '/user-provisioning/log', text: 'nav.log', icon: IconTimelineEvent },
  { to: '/user-provisioning/audit-log', text: 'nav.audit', icon: IconClipboardList },
  { to: '/user-provisioning/notifications', text: 'nav.notifications', icon: IconBell },
  { to: '/user-provisioning/settings', text: 'nav.settings', icon: IconAdjustmentsHorizontal },
] as const;
const workspace = [
  { to: '/members', text: 'nav.members', icon: IconUsers },
  { to: '/properties', text: 'nav.properties', icon: IconTags },
  { to: '/groups', text: 'nav.groups', icon: IconBuildingCommunity },
] as const;

/** The ways to the screens; those of provisioning appear when it is active, and that to roles where the product has some. */
export function Navigation({ active, hasRoles }: { active: boolean; hasRoles: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <div className="nav-label" id="nav-security">
        {t('nav.security')}
      </div>
      <NavItem to={overview.to} icon={overview.icon} label={t(overview.text)} end />
      {active &&
        whenActive
          .filter(({ to }) => hasRoles || to !== rolesPath)
          .map((item) => <NavItem key={item.to} to={item.to} icon={item.icon} label={t(item.text)} />)}
      <div className="nav-label">{t('nav.workspace')}</div>
      {workspace.map((item) => (
        <NavItem key={item.to} to={item.to} icon={item.icon} label={t(item.text)} />
      ))}
      <a className="nav-item" href={`${publicPath}/api/docs`} target="_blank" rel="noreferrer">
        <IconListDetails size={iconSizePx} stroke={iconStroke} aria-hidden />
        {t('nav.api')}
        <IconExternalLink size={14} stroke={iconStroke} aria-hidden />
        <span className="for-screen-readers">{t('nav.newTab')}</span>
      </a>
    </>
  );
}

function NavItem({
  to,
  label,
  icon: Icon,
  end = false,
}: {
  to: string;
  label: string;
  icon: ComponentType<{ size: number; stroke: number; 'aria-hidden': true }>;
  end?: boolean;
}) {
  const isHere = useMatch({ path: to, end }) !== null;
  return (
    <Link to={to} className="nav-item" aria-current={isHere ? 'page' : undefined}>
      <Icon size={iconSizePx} stroke={iconStroke} aria-hidden />
      {label}
    </Link>
  );
}
