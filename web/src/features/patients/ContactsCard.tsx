import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import type { PatientContact } from '@/api/types';
import { useCan } from '@/lib/permissions';
import { Card } from '@/ui/Card';
import { useConfirm } from '@/ui/confirm';
import { ErrorState } from '@/ui/ErrorState';
import { ListSkeleton } from '@/ui/PageSkeleton';
import { Phone } from '@/ui/texts';
import { toast } from '@/ui/toast';
import classes from './patients.module.css';
import { contactsQuery } from './queries';

const ContactDialog = lazy(() => import('./ContactDialog'));

/** Whom to call in an emergency. */
export function ContactsCard({ patientId }: { patientId: string }) {
  const { t } = useTranslation(['patients', 'common']);
  const can = useCan();
  const client = useQueryClient();
  const confirm = useConfirm();
  const contacts = useQuery(contactsQuery(patientId));
  const [adding, setAdding] = useState(false);
  const end = useAction((id: string, act) => api.delete(`/patients/${patientId}/contacts/${id}`, act), {
    onSuccess: () => client.invalidateQueries({ queryKey: ['patients', patientId] }),
    onError: (error) => toast.failed(errorMessage(error)),
  });
  const remove = async (contact: PatientContact) => {
    const sure = await confirm({
      title: t('contacts.endTitle', { name: contact.name }),
      body: t('contacts.endBody'),
      confirmLabel: t('contacts.end'),
      danger: true,
    });
    if (sure) end.mutate(contact.id);
  };
  const writes = can('patients.write');
  return (
    <Card
      title={t('contacts.title')}
      actions={
        writes && (
          <Button
            variant="default"
            size="compact-md"
            leftSection={<IconPlus size={16} />}
            onClick={() => setAdding(true)}
          >
            {t('common:action.add')}
          </Button>
        )
      }
    >
      {contacts.data ? (
        <ul className={classes.people}>
          {contacts.data.map((contact) => (
            <li key={contact.id}>
              <div>
                <bdi className={classes.strong}>{contact.name}</bdi>{' '}
                <bdi className={classes.quiet}>{contact.relationship}</bdi>
                <div>
                  <Phone number={contact.phone} link />
                </div>
              </div>
              {writes && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('contacts.endLabel', { name: contact.name })}
                  onClick={() => void remove(contact)}
                >
                  <IconTrash size={17} />
                </ActionIcon>
              )}
            </li>
          ))}
          {contacts.data.length === 0 && <li className={classes.quiet}>{t('contacts.empty')}</li>}
        </ul>
      ) : contacts.error ? (
        <ErrorState message={errorMessage(contacts.error)} onRetry={() => void contacts.refetch()} />
      ) : (
        <ListSkeleton rows={2} />
      )}
      {adding && (
        <Suspense fallback={null}>
          <ContactDialog patientId={patientId} onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </Card>
  );
}
