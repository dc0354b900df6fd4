import { Button, Center, Group, Loader, Text } from '@mantine/core';
import {
  createContext,
  type ReactNode,
  Suspense,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react';
import { focusManager } from '@tanstack/react-query';
import { useLocation, useNavigate } from 'react-router';
import { ApiError, type SignedInAs } from '../api/api-error.ts';
import { onSignedOut, openSession } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import type { Session } from '../api/shapes.ts';
import { minutesMs } from '../duration.ts';
import { useTranslation } from '../i18n.ts';
import { keep, kept } from '../kept.ts';
import { isEmbedded, productName } from '../page-facts.ts';
import { RoleProvider } from '../parts/acts/role.tsx';
import { Boundary } from '../parts/page/boundary.tsx';
import { lazily } from '../parts/page/not-loaded.ts';
import { useTitle } from '../parts/page/route-focus.ts';
import { ErrorNote } from '../parts/page/states.tsx';
import { useToast } from '../parts/page/toast.tsx';
import { GateCard } from './gate-card.tsx';

/** What is seldom seen comes after the rest; the end of a session while everything is still well. */
const seldom = () => import('./gate-states.tsx');
const AskWhose = lazily(async () => (await seldom()).AskWhose);
const NotSignedIn = lazily(async () => (await seldom()).NotSignedIn);
const SessionEnded = lazily(async () => (await seldom()).SessionEnded);

interface SignedIn extends Session {
  /** Forgets the session on this page. */
  leave: () => void;
}

const SessionContext = createContext<SignedIn | null>(null);

/** Who is signed in. */
export function useSession(): SignedIn {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('There is no session here');
  return session;
}

type State =
  | { kind: 'opening' }
  /** A link led here. Programs that look at links in mail press nothing, and so do not use it up. */
  | { kind: 'invited'; code: string }
  | { kind: 'open'; session: Session; ended: boolean }
  /** The link is of somebody else than who is signed in here. */
  | { kind: 'asking'; code: string; current: SignedInAs; next: SignedInAs }
  | { kind: 'closed'; reason: 'none' | 'signedOut' }
  | { kind: 'failed'; error: unknown };

/** How long a page that somebody wanted to see is worth returning to, and where it is kept meanwhile. */
const wantedForMs = minutesMs(30);
const wantedKey = 'user-provisioning.wanted';
/** Where an admin link leads that names no page. */
const startPath = '/user-provisioning';

/** Remembers the page that a link led to, before the sign-in that is missing: an admin link leads to the start. */
function rememberWanted(path: string): void {
  if (path === startPath) return;
  keep(wantedKey, JSON.stringify({ path, at: Date.now() }));
}

/** The page that was wanted before, once; null when there was none, or that is long ago. */
function takeWanted(): string | null {
  const text = kept(wantedKey);
  keep(wantedKey, null);
  try {
    const { path, at } = JSON.parse(text ?? '{}') as { path?: unknown; at?: unknown };
    const isFresh = typeof at === 'number' && Date.now() - at < wantedForMs;
    return isFresh && typeof path === 'string' && path.startsWith('/') ? path : null;
  } catch {
    return null;
  }
}

/** The code of an admin link. It leaves the address bar and the history before anything else happens. */
function takeCode(): string | null {
  const code = new URLSearchParams(window.location.hash.slice(1)).get('code');
  if (code !== null)
    window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
  return code;
}

/** The session of this page, and what changes it. */
function useSessionState() {
  const { t } = useTranslation();
  const toast = useToast();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const place = useRef('');
  place.current = pathname + search;
  const [state, setState] = useState<State>({ kind: 'opening' });
  /** How often a session was begun here: an answer that comes after the next link was opened is past. */
  const begun = useRef(0);
  const open = useCallback(
    async (code: string | null, replace = false) => {
      const mine = (begun.current += 1);
      const isPast = () => mine !== begun.current;
      try {
        const session = await openSession(code, replace);
        // What the page showed of another workspace must not stay.
        if (replace) queryClient.clear();
        if (isPast()) return;
        const wanted = code === null ? null : takeWanted();
        if (wanted !== null && place.current === startPath) void navigate(wanted, { replace: true });
        setState({ kind: 'open', session, ended: false });
      } catch (error) {
        if (isPast()) return;
        const other = code === null ? null : otherSessionOf(error, code);
        if (other !== null) return setState(other);
        const refused = error instanceof ApiError && [400, 401, 429].includes(error.status);
        if (!refused) return setState({ kind: 'failed', error });
        const session = code === null ? null : await openSession(null).catch(() => null);
        if (isPast()) return;
        if (session === null) {
          rememberWanted(place.current);
          return setState({ kind: 'closed', reason: 'none' });
        }
        setState({ kind: 'open', session, ended: false });
        toast(t('session.usedLink', { email: session.email }));
      }
    },
    [t, toast, navigate],
  );
  useEffect(() => {
    const begin = () => {
      const code = takeCode();
      if (code === null) return void open(null);
      begun.current += 1;
      setState({ kind: 'invited', code });
    };
    begin();
    const onHash = () => {
      if (window.location.hash.startsWith('#code=')) begin();
    };
    window.addEventListener('hashchange', onHash);
    onSignedOut(() =>
      setState((current) => (current.kind === 'open' ? { ...current, ended: true } : current)),
    );
    return () => window.removeEventListener('hashchange', onHash);
    // Runs once; a change of language must not open the session again.
  }, []);
  return { state, setState, open };
}

/** Once the session has ended, every answer would be a refusal: what asks again and again waits until it goes on. */
function usePauseOfAsking(ended: boolean): void {
  useEffect(() => {
    if (!ended) return;
    focusManager.setFocused(false);
    return () => focusManager.setFocused(undefined);
  }, [ended]);
}

/** Opens the session of the admin link, or asks for a link. When the session ends, the page stays as it is below. */
export function SessionGate({ children }: { children: ReactNode }) {
  const { state, setState, open } = useSessionState();
  usePauseOfAsking(state.kind === 'open' && state.ended);
  if (state.kind === 'opening') return <Opening />;
  if (state.kind === 'invited') return <Invited onEnter={() => open(state.code)} />;
  if (state.kind === 'failed') {
    return (
      <Center component="main" mih="100vh" p="md">
        <ErrorNote error={state.error} retry={() => void open(null)} />
      </Center>
    );
  }
  if (state.kind === 'asking') {
    return (
      <Suspense fallback={<Opening />}>
        <AskWhose
          current={state.current}
          next={state.next}
          onStay={() => void open(null)}
          onSwitch={() => void open(state.code, true)}
        />
      </Suspense>
    );
  }
  if (state.kind === 'closed')
    return isEmbedded ? (
      <Suspense fallback={<Opening />}>
        <NotSignedIn />
      </Suspense>
    ) : (
      <AskForLink signedOut={state.reason === 'signedOut'} />
    );
  const leave = () => {
    queryClient.clear();
    setState({ kind: 'closed', reason: 'signedOut' });
  };
  return (
    <SessionContext value={{ ...state.session, leave }}>
      <RoleProvider role={state.session.role}>{children}</RoleProvider>
      <Boundary>
        <Suspense>
          <SessionEnded
            opened={state.ended}
            onResumed={() => {
              // A link that was opened meanwhile stays.
              setState((current) => (current.kind === 'open' ? { ...current, ended: false } : current));
              void queryClient.invalidateQueries();
            }}
          />
        </Suspense>
      </Boundary>
    </SessionContext>
  );
}

/** The state in which a person is asked whose session they want, if that is what the answer says. */
function otherSessionOf(error: unknown, code: string): State | null {
  if (!(error instanceof ApiError) || error.type !== 'other-session') return null;
  const { current, next } = error.problem;
  return current === undefined || next === undefined ? null : { kind: 'asking', code, current, next };
}

/** One click signs in. */
function Invited({ onEnter }: { onEnter: () => Promise<unknown> }) {
  const { t } = useTranslation();
  const [entering, setEntering] = useState(false);
  const title = t('session.enter');
  useTitle(title);
  return (
    <GateCard title={title}>
      <Text c="dimmed">{t('session.invitedText', { product: productName })}</Text>
      <Group>
        <Button
          autoFocus
          className="enter"
          loading={entering}
          onClick={() => {
            setEntering(true);
            void onEnter().finally(() => setEntering(false));
          }}
        >
          {t('session.enter')}
        </Button>
      </Group>
    </GateCard>
  );
}

function Opening() {
  const { t } = useTranslation();
  return (
    <Center mih="100vh" role="status" aria-label={t('loading')}>
      <Loader />
    </Center>
  );
}

function AskForLink({ signedOut }: { signedOut: boolean }) {
  const { t } = useTranslation();
  const title = t(signedOut ? 'session.signedOut' : 'session.askForLink');
  useTitle(title);
  return (
    <GateCard title={title} gap="sm">
      <Text c="dimmed">{t('session.linkText')}</Text>
    </GateCard>
  );
}
