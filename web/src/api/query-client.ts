import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';

const retriesMax = 2;

/** Asks again when there was no answer, or the service had trouble; a refusal stays one. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      retry: (failures, error) =>
        failures < retriesMax && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500),
    },
  },
});
