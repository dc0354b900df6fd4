import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { answer, api } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import type { Rule } from '../../api/shapes.ts';
import { useSession } from '../../shell/session-gate.tsx';
import { keepMade, madeProperties } from './kept-properties.ts';
import { type MadeProperty, unfilled } from './made-properties.ts';

/** Refusals that mean that a property is not to be deleted any more: it is gone, or is filled by now. */
const settled = [404, 409];

/**
 * The properties that accepted suggestions made, until a saved rule fills them or the admin keeps them. Without that, one
 * whose rule is never saved would stay behind.
 *
 * @param saved the rules that are in use
 * @param drafted the rules in the editor
 */
export function useMadeProperties(saved: readonly Rule[], drafted: readonly Rule[]) {
  const { workspace } = useSession();
  const [made, setMade] = useState(() => madeProperties(workspace.id));
  const waiting = unfilled(made, saved);
  const change = (next: readonly MadeProperty[]) => {
    setMade(next);
    keepMade(workspace.id, next);
  };
  useEffect(() => {
    if (waiting.length < made.length) change(waiting);
  });
  const remove = useMutation({
    mutationFn: async (properties: readonly MadeProperty[]) => {
      // Noted first: the page may be left before the answers come.
      keepMade(
        workspace.id,
        madeProperties(workspace.id).filter(({ id }) => !properties.some((each) => each.id === id)),
      );
      for (const { id } of properties) await deleteProperty(id);
    },
    onSuccess: (_, properties) => {
      setMade((before) => before.filter(({ id }) => !properties.some((each) => each.id === id)));
      void queryClient.invalidateQueries({ queryKey: ['properties'] });
      void queryClient.invalidateQueries({ queryKey: ['mapping', 'suggestions'] });
    },
    onError: () => change(made),
  });
  return {
    /** Made, and filled by no saved rule. */
    waiting,
    /** Those of them that no rule in the editor fills either. */
    left: unfilled(waiting, drafted),
    add: (property: MadeProperty) => change([...made, property]),
    keep: () => change(made.filter(({ id }) => !unfilled(waiting, drafted).some((each) => each.id === id))),
    remove,
  };
}

async function deleteProperty(id: string): Promise<void> {
  await answer<unknown>(() => api.DELETE('/api/properties/{id}', { params: { path: { id } } })).catch(
    (error: unknown) => {
      if (!(error instanceof ApiError && settled.includes(error.status))) throw error;
    },
  );
}
