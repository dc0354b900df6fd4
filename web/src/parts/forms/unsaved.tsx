import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from '../../i18n.ts';
import { Confirm } from '../dialogs/confirm.tsx';
import type { PageHistory } from '../page/page-history.ts';

/** Work that would be lost. */
interface Work {
  /** What else is lost with it, as a sentence. */
  note?: string | undefined;
  /** What has to be done when it is given up. */
  onDiscard?: (() => void) | undefined;
}

interface Scope {
  /** Takes note of work; the answer forgets it. */
  add: (work: { readonly current: Work }) => () => void;
  /** Whether the reader is being asked: then Escape is an answer to that question. */
  isAsking: boolean;
  /** Takes note of a window over this one, to which Escape belongs; the answer forgets it. */
  cover: () => () => void;
}

const nothing = () => () => undefined;
const UnsavedScope = createContext<Scope>({ add: nothing, isAsking: false, cover: nothing });

function useWorks() {
  const works = useRef(new Set<{ readonly current: Work }>());
  const add = useCallback((work: { readonly current: Work }) => {
    works.current.add(work);
    return () => void works.current.delete(work);
  }, []);
  return { works, add };
}

/** Asks before a page with unsaved work is left: by a link, by Back and Forward, by reload and by closing the tab. */
export function UnsavedProvider({ history, children }: { history: PageHistory; children: ReactNode }) {
  const { works, add } = useWorks();
  const [proceed, setProceed] = useState<(() => void) | null>(null);
  useEffect(() => {
    history.guard = (_pathname, next) => {
      const mustAsk = works.current.size > 0;
      if (mustAsk) setProceed(() => next);
      return mustAsk;
    };
  }, [history, works]);
  useEffect(() => {
    const beforeUnload = (event: BeforeUnloadEvent) => {
      if (works.current.size > 0) event.preventDefault();
    };
    window.addEventListener('beforeunload', beforeUnload);
    return () => window.removeEventListener('beforeunload', beforeUnload);
  }, [works]);
  const isAsking = proceed !== null;
  const scope = useMemo(() => ({ add, isAsking, cover: nothing }), [add, isAsking]);
  return (
    <UnsavedScope value={scope}>
      {children}
      <DiscardQuestion
        opened={isAsking}
        title="unsaved.title"
        works={isAsking ? [...works.current] : []}
        onStay={() => setProceed(null)}
        onDiscard={() => {
          setProceed(null);
          proceed?.();
        }}
      />
    </UnsavedScope>
  );
}

/**
 * The same for a window over the page: it asks before it closes.
 *
 * @returns `hasEscape`: whether Escape is meant for it, rather than for what stands above it
 */
export function useUnsavedInside(opened: boolean, onClose: () => void) {
  const outer = useContext(UnsavedScope);
  const { works, add } = useWorks();
  const [isAsking, setAsking] = useState(false);
  const [windowsAbove, setWindowsAbove] = useState(0);
  const cover = useCallback(() => {
    setWindowsAbove((count) => count + 1);
    return () => setWindowsAbove((count) => count - 1);
  }, []);
  const { cover: coverOuter } = outer;
  useEffect(() => (opened ? coverOuter() : undefined), [opened, coverOuter]);
  const scope = useMemo(
    () => ({
      add: (work: { readonly current: Work }) => {
        const ends = [add(work), outer.add(work)];
        return () => ends.forEach((end) => end());
      },
      isAsking: isAsking || outer.isAsking,
      cover,
    }),
    [add, outer, isAsking, cover],
  );
  return {
    hasEscape: !isAsking && !outer.isAsking && windowsAbove === 0,
    close: () => {
      if (works.current.size === 0) return onClose();
      // Not at once: the Escape that closes this would answer the question, too, which listens for it as well.
      window.setTimeout(() => setAsking(true));
    },
    provide: (children: ReactNode) => <UnsavedScope value={scope}>{children}</UnsavedScope>,
    question: (
      <DiscardQuestion
        opened={isAsking}
        title="unsaved.closeTitle"
        works={isAsking ? [...works.current] : []}
        onStay={() => setAsking(false)}
        onDiscard={() => {
          setAsking(false);
          onClose();
        }}
      />
    ),
  };
}

/**
 * Says that something is unsaved, as long as it is.
 *
 * @returns forgets it at once, for a save that leads elsewhere
 */
export function useUnsaved(isChanged: boolean, work: Work = {}): () => void {
  const { add } = useContext(UnsavedScope);
  const latest = useRef(work);
  latest.current = work;
  const forget = useRef<() => void>(() => undefined);
  useEffect(() => {
    if (!isChanged) return undefined;
    forget.current = add(latest);
    return () => forget.current();
  }, [isChanged, add]);
  return useCallback(() => forget.current(), []);
}

/** The same inside of the window that a component itself opens. */
export function Unsaved({ isChanged }: { isChanged: boolean }): null {
  useUnsaved(isChanged);
  return null;
}

interface DiscardQuestionProps {
  opened: boolean;
  title: 'unsaved.title' | 'unsaved.closeTitle';
  works: readonly { readonly current: Work }[];
  onStay: () => void;
  onDiscard: () => void;
}

function DiscardQuestion({ opened, title, works, onStay, onDiscard }: DiscardQuestionProps) {
  const { t } = useTranslation();
  const notes = works.flatMap(({ current }) => current.note ?? []);
  return (
    <Confirm
      opened={opened}
      title={t(title)}
      confirmLabel={t('unsaved.leave')}
      cancelLabel={t('unsaved.stay')}
      danger
      pending={false}
      error={null}
      onConfirm={() => {
        for (const { current } of works) current.onDiscard?.();
        onDiscard();
      }}
      onClose={onStay}
    >
      {[t('unsaved.text'), ...notes].join(' ')}
    </Confirm>
  );
}
