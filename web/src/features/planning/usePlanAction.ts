import { useQueryClient } from '@tanstack/react-query';
import { type Act, useAction } from '@/api/action';
import { errorMessage } from '@/api/errors';
import { toast } from '@/ui/toast';
import { planChanged } from './queries';

/** One act on a patient's plans: what it changed is read again, what went wrong is said. */
export function usePlanAction<TData, TInput>(
  patientId: string,
  run: (input: TInput, act: Act) => Promise<TData>,
  onSuccess?: (data: TData) => void,
) {
  const client = useQueryClient();
  return useAction<TData, TInput>(run, {
    onSuccess: async (data) => {
      await planChanged(client, patientId);
      onSuccess?.(data);
    },
    onError: async (error) => {
      toast.failed(errorMessage(error));
      await planChanged(client, patientId);
    },
  });
}
