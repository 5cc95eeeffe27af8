import { Button } from '@mantine/core';
import { IconShieldCheck, IconShieldQuestion, IconShieldX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import type { AuditChain } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { Card } from '@/ui/Card';
import { ErrorState } from '@/ui/ErrorState';
import { ListSkeleton } from '@/ui/PageSkeleton';
import { DateTimeText } from '@/ui/texts';
import { toast } from '@/ui/toast';
import classes from './audit.module.css';

const KEY = ['audit', 'chain'];

export function ChainCard() {
  const { t } = useTranslation('audit');
  const { number } = useFormat();
  const client = useQueryClient();
  const chain = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => api.get<AuditChain>('/audit/chain', { signal }),
  });
  const verify = useMutation({
    mutationFn: () => api.post<AuditChain>('/audit/verify'),
    onSuccess: (found) => {
      client.setQueryData(KEY, found);
      void client.invalidateQueries({ queryKey: ['audit', 'list'] });
    },
    onError: (error) => toast.failed(errorMessage(error)),
  });
  return (
    <Card
      title={t('chain.title')}
      actions={
        <Button loading={verify.isPending} onClick={() => verify.mutate()}>
          {t('chain.verify')}
        </Button>
      }
    >
      {chain.data ? (
        <>
          <ChainState verified={chain.data.verified} />
          <p className={classes.hint}>{t('chain.hint')}</p>
          <dl className={classes.facts}>
            <div>
              <dt>{t('chain.sealed')}</dt>
              <dd className="numbers">{number(chain.data.sealed)}</dd>
            </div>
            <div>
              <dt>{t('chain.unsealed')}</dt>
              <dd className="numbers">{number(chain.data.unsealed)}</dd>
            </div>
            <div>
              <dt>{t('chain.last')}</dt>
              <dd>
                <DateTimeText value={chain.data.last_sealed_at} />
              </dd>
            </div>
            <div>
              <dt>{t('chain.at')}</dt>
              <dd>
                <DateTimeText value={chain.data.verified?.at} />
              </dd>
            </div>
          </dl>
        </>
      ) : chain.error ? (
        <ErrorState message={errorMessage(chain.error)} onRetry={() => void chain.refetch()} />
      ) : (
        <ListSkeleton rows={2} />
      )}
    </Card>
  );
}

function ChainState({ verified }: { verified: AuditChain['verified'] }) {
  const { t } = useTranslation('audit');
  const { number } = useFormat();
  const Icon = !verified ? IconShieldQuestion : verified.ok ? IconShieldCheck : IconShieldX;
  const problem = verified?.problem;
  const how = problem === 'cut' || problem === 'rewritten' ? problem : 'bad';
  const bad =
    verified?.first_bad_seq == null
      ? t('chain.badUnknown')
      : t(`chain.${how}`, { seq: number(verified.first_bad_seq) });
  return (
    <p className={classes.state} data-ok={verified?.ok} role="status">
      <Icon size={22} aria-hidden />
      {!verified ? t('chain.never') : verified.ok ? t('chain.ok') : bad}
    </p>
  );
}
