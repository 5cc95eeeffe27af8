import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import { toast } from '@/ui/toast';

/** Lets a message that failed be tried again. */
export function useRetry() {
  const { t } = useTranslation('notifications');
  const client = useQueryClient();
  return useAction((id: string, act) => api.post(`/reminder-deliveries/${id}/retry`, undefined, act), {
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['appointments'] });
      toast.done(t('failed.retried'));
    },
    onError: (error) => toast.failed(errorMessage(error)),
  });
}
