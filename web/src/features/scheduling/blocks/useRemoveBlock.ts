import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import type { TimeBlock } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { useConfirm } from '@/ui/confirm';
import { toast } from '@/ui/toast';

/** Asks, and takes a block out of the book, with all that follow in its series or without. */
export function useRemoveBlock(block: TimeBlock, onRemoved: () => void) {
  const { t } = useTranslation('scheduling');
  const { date, time } = useFormat();
  const confirm = useConfirm();
  const client = useQueryClient();
  const act = useAction(
    (following: boolean, act) =>
      api.delete(`/blocks/${block.id}`, { ...act, query: following ? { following } : {} }),
    {
      onSuccess: async () => {
        await client.invalidateQueries({ queryKey: ['blocks'] });
        toast.done(t('blocks.removed'));
        onRemoved();
      },
      onError: (error) => toast.failed(errorMessage(error)),
    },
  );
  const remove = async (following: boolean) => {
    const what = t(following ? 'blocks.removeFollowing' : 'blocks.remove');
    const sure = await confirm({
      title: what,
      body: t(following ? 'blocks.removeFollowingBody' : 'blocks.removeBody', {
        when: `${date(block.local_date, 'full')} · ${time(block.starts_at)}`,
      }),
      confirmLabel: what,
      danger: true,
    });
    if (sure) act.mutate(following);
  };
  return { remove, busy: act.isPending };
}
