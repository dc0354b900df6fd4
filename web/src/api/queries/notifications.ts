import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../client.ts';
import { refreshMs } from './refresh.ts';

/** The latest messages that the page lists. */
const messagesShown = 20;

export const notificationsQuery = queryOptions({
  queryKey: ['notifications'],
  queryFn: () => answer(() => api.GET('/api/notifications')),
  structuralSharing: false,
});

/** In the language of the page, which is part of what it asks for. */
export const messagesQuery = (language: string) =>
  queryOptions({
    queryKey: ['notification-messages', language],
    queryFn: () =>
      answer(() => api.GET('/api/notifications/deliveries', { params: { query: { limit: messagesShown } } })),
    refetchInterval: refreshMs,
  });
