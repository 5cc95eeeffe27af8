import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type {
  AppointmentMessage,
  List,
  MessageProvider,
  MessageTemplate,
  ReminderDelivery,
  ReminderRule,
  ReminderSettings,
} from '@/api/types';

export const settingsQuery = queryOptions({
  queryKey: ['clinic', 'reminders', 'settings'],
  queryFn: ({ signal }) => api.get<ReminderSettings>('/reminder-settings', { signal }),
});

export const rulesQuery = queryOptions({
  queryKey: ['clinic', 'reminders', 'rules'],
  queryFn: async ({ signal }) => (await api.get<List<ReminderRule>>('/reminder-rules', { signal })).items,
});

export const templatesQuery = queryOptions({
  queryKey: ['clinic', 'reminders', 'templates'],
  queryFn: async ({ signal }) =>
    (await api.get<List<MessageTemplate>>('/message-templates', { signal })).items,
});

export const providersQuery = queryOptions({
  queryKey: ['clinic', 'reminders', 'providers'],
  queryFn: async ({ signal }) =>
    (await api.get<List<MessageProvider>>('/message-providers', { signal })).items,
});

export const messagesQuery = (appointmentId: string) =>
  queryOptions({
    queryKey: ['appointments', appointmentId, 'messages'],
    queryFn: async ({ signal }) =>
      (await api.get<List<ReminderDelivery>>(`/appointments/${appointmentId}/reminders`, { signal })).items,
  });

/** Not a query: each call makes a link of its own. */
export const writeMessage = (appointmentId: string) =>
  api.get<AppointmentMessage>(`/appointments/${appointmentId}/message`);
