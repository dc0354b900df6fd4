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
  IconLifebuoy,
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
import { brand, isHidden, publicPath } from '../page-facts.ts';
import { Link } from '../parts/page/link.tsx';

type NavIcon = ComponentType<{ size: number; stroke: number; 'aria-hidden': true }>;

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
  { to: '/user-provisioning/log', text: 'nav.log', icon: IconTimelineEvent, part: 'log' },
  { to: '/user-provisioning/audit-log', text: 'nav.audit', icon: IconClipboardList, part: 'audit-log' },
  {
    to: '/user-provisioning/notifications',
    text: 'nav.notifications',
    icon: IconBell,
    part: 'notifications',
  },
  { to: '/user-provisioning/settings', text: 'nav.settings', icon: IconAdjustmentsHorizontal },
] as const;
const workspace = [
  { to: '/members', text: 'nav.members', icon: IconUsers, part: 'members' },
  { to: '/properties', text: 'nav.properties', icon: IconTags, part: 'properties' },
  { to: '/groups', text: 'nav.groups', icon: IconBuildingCommunity, part: 'groups' },
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
        shown(whenActive)
          .filter(({ to }) => hasRoles || to !== rolesPath)
          .map((item) => <NavItem key={item.to} to={item.to} icon={item.icon} label={t(item.text)} />)}
      {!['members', 'properties', 'groups', 'api-docs'].every(isHidden) && (
        <div className="nav-label">{t('nav.workspace')}</div>
      )}
      {shown(workspace).map((item) => (
        <NavItem key={item.to} to={item.to} icon={item.icon} label={t(item.text)} />
      ))}
      {!isHidden('api-docs') && (
        <NavLink href={`${publicPath}/api/docs`} icon={IconListDetails} label={t('nav.api')} />
      )}
      {brand.supportUrl && <NavLink href={brand.supportUrl} icon={IconLifebuoy} label={t('nav.support')} />}
    </>
  );
}

function shown<Item extends object>(items: readonly Item[]): Item[] {
  return items.filter((item) => !('part' in item && isHidden(String(item.part))));
}

function NavLink({ href, label, icon: Icon }: { href: string; label: string; icon: NavIcon }) {
  const { t } = useTranslation();
  return (
    <a className="nav-item" href={href} target="_blank" rel="noreferrer">
      <Icon size={iconSizePx} stroke={iconStroke} aria-hidden />
      {label}
      <IconExternalLink size={14} stroke={iconStroke} aria-hidden />
      <span className="for-screen-readers">{t('nav.newTab')}</span>
    </a>
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
  icon: NavIcon;
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
