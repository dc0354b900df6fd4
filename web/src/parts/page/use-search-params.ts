import { useCallback, useMemo } from 'react';
import { type NavigateOptions, useLocation, useNavigate } from 'react-router';

type Init = string | Record<string, string> | URLSearchParams;
type SetSearchParams = (next: Init | ((before: URLSearchParams) => Init), options?: NavigateOptions) => void;

/** What the address says after its question mark, and what changes it. */
export function useSearchParams(): [URLSearchParams, SetSearchParams] {
  const { search } = useLocation();
  const navigate = useNavigate();
  const params = useMemo(() => new URLSearchParams(search), [search]);
  const setParams = useCallback<SetSearchParams>(
    (next, options) => {
      const init = typeof next === 'function' ? next(new URLSearchParams(params)) : next;
      void navigate(`?${String(new URLSearchParams(init))}`, options);
    },
    [navigate, params],
  );
  return [params, setParams];
}
