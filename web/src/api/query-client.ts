import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';

const retriesMax = 2;

/** Asks again when there was no answer, or the service had trouble or was busy; a refusal stays one. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2_000,
      retry: (failures, error) => failures < retriesMax && (!(error instanceof ApiError) || isPassing(error)),
    },
  },
});

/** Whether the next answer may be another: what the service has too much of at once is over in a moment. */
function isPassing({ status, type }: ApiError): boolean {
  return status === 0 || status >= 500 || type === 'too-many-requests';
}
