import { Button, Group, Modal } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import type { Invitation, InvitationMade } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { Card } from '@/ui/Card';
import { useConfirm } from '@/ui/confirm';
import { DataTable } from '@/ui/DataTable';
import { StatusBadge } from '@/ui/StatusBadge';
import { Code, DateTimeText } from '@/ui/texts';
import { toast } from '@/ui/toast';
import { InvitationLink } from './InvitationLink';
import classes from './identity.module.css';
import { invitationsQuery } from './queries';
import { StaffAvatar } from './StaffAvatar';

/** Absent while nobody is invited. */
export function InvitationsCard() {
  const { t } = useTranslation('identity');
  const { name } = useFormat();
  const invitations = useQuery(invitationsQuery);
  const withdraw = useWithdraw();
  const [renewed, setRenewed] = useState<InvitationMade | null>(null);
  const renew = useRenew(setRenewed);
  if (!invitations.error && (invitations.data?.length ?? 0) === 0) return null;
  return (
    <Card title={t('invite.open')} flush>
      <DataTable
        label={t('invite.open')}
        items={invitations.data}
        rowKey={({ id }) => id}
        error={invitations.error}
        errorText={errorMessage(invitations.error)}
        retry={() => void invitations.refetch()}
        empty={null}
        columns={[
          {
            id: 'name',
            header: t('staff.name'),
            phone: 'title',
            cell: (invitation) => (
              <span className={classes.person}>
                <StaffAvatar person={invitation} />
                <bdi>{name(invitation) || invitation.email}</bdi>
              </span>
            ),
          },
          { id: 'email', header: t('signIn.email'), cell: ({ email }) => <Code>{email}</Code> },
          {
            id: 'until',
            header: t('invite.until'),
            cell: ({ expires_at }) => <DateTimeText value={expires_at} />,
          },
          {
            id: 'status',
            header: t('staff.status'),
            cell: ({ expired }) =>
              expired ? (
                <span className={classes.tag}>{t('invite.expired')}</span>
              ) : (
                <StatusBadge status="invited" />
              ),
          },
          {
            id: 'acts',
            header: '',
            align: 'end',
            cell: (invitation) => (
              <Group gap="xs" justify="flex-end">
                <Button size="compact-sm" variant="default" onClick={() => void renew(invitation)}>
                  {t('invite.again')}
                </Button>
                <Button size="compact-sm" variant="default" onClick={() => void withdraw(invitation)}>
                  {t('invite.withdraw')}
                </Button>
              </Group>
            ),
          },
        ]}
      />
      <Modal
        opened={renewed !== null}
        onClose={() => setRenewed(null)}
        size="lg"
        title={t('invite.made')}
        closeOnClickOutside={false}
      >
        {renewed && <InvitationLink made={renewed} onClose={() => setRenewed(null)} />}
      </Modal>
    </Card>
  );
}

/** Invites once more to the same place: the new link takes the place of the old one. */
function useRenew(show: (made: InvitationMade) => void) {
  const client = useQueryClient();
  return async ({ email, name_ar, name_en, role_ids, colour }: Invitation) => {
    try {
      show(await api.post<InvitationMade>('/invitations', { email, name_ar, name_en, role_ids, colour }));
    } catch (error) {
      toast.failed(errorMessage(error));
    }
    void client.invalidateQueries({ queryKey: invitationsQuery.queryKey });
  };
}

function useWithdraw() {
  const { t } = useTranslation('identity');
  const { name } = useFormat();
  const client = useQueryClient();
  const confirm = useConfirm();
  return async (invitation: Invitation) => {
    const agreed = await confirm({
      title: t('invite.withdrawTitle', { name: name(invitation) || invitation.email }),
      body: t('invite.withdrawBody'),
      confirmLabel: t('invite.withdraw'),
      danger: true,
    });
    if (!agreed) return;
    try {
      await api.delete(`/invitations/${invitation.id}`);
      toast.done(t('invite.withdrawn'));
    } catch (error) {
      toast.failed(errorMessage(error));
    }
    void client.invalidateQueries({ queryKey: invitationsQuery.queryKey });
  };
}
