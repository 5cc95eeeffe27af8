import { Button } from '@mantine/core';
import { IconBrandWhatsapp, IconPhoneCall } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { errorMessage } from '@/api/errors';
import { IfCan } from '@/lib/permissions';
import type { AppointmentMessagesProps } from '@/ui/slots';
import { DateTimeText } from '@/ui/texts';
import { toast } from '@/ui/toast';
import classes from './notifications.module.css';
import { messagesQuery, writeMessage } from './queries';
import { ServiceFault } from './ServiceFault';
import { useDeliveryWords } from './useDeliveryWords';
import { useRetry } from './useRetry';

/** What the patient of an appointment was sent, and WhatsApp with the text filled in. */
export default function AppointmentMessages({ appointmentId, callRequestedAt }: AppointmentMessagesProps) {
  const { t } = useTranslation(['notifications', 'common']);
  const words = useDeliveryWords();
  const retry = useRetry();
  const messages = useQuery(messagesQuery(appointmentId));
  const write = useAction(() => writeMessage(appointmentId), {
    onSuccess: ({ whatsapp_url }) => {
      if (whatsapp_url) window.open(whatsapp_url, '_blank', 'noopener');
      else toast.failed(t('log.noPhone'));
    },
    onError: (error) => toast.failed(errorMessage(error)),
  });
  return (
    <section>
      <h3 className={classes.section}>{t('log.title')}</h3>
      {callRequestedAt && (
        <p className={classes.call}>
          <IconPhoneCall size={18} aria-hidden />
          <span>
            {t('log.callMe')} <DateTimeText value={callRequestedAt} />
          </span>
        </p>
      )}
      {messages.error && (
        <p role="alert" className={classes.fault}>
          {errorMessage(messages.error)}{' '}
          <Button variant="subtle" size="compact-sm" onClick={() => void messages.refetch()}>
            {t('common:action.retry')}
          </Button>
        </p>
      )}
      {messages.data?.length === 0 && <p className={classes.hint}>{t('log.empty')}</p>}
      <ul className={classes.messages}>
        {messages.data?.map((message) => (
          <li key={message.id}>
            <span>{words.what(message)}</span>
            <small>
              {words.state(message)} · <DateTimeText value={message.sent_at ?? message.created_at} />
              {message.recipient && (
                <>
                  {' · '}
                  <bdi dir="ltr">{message.recipient}</bdi>
                </>
              )}
            </small>
            {message.last_error && <ServiceFault raw={message.last_error} />}
            {(message.state === 'failed' || message.state === 'unknown') && (
              <IfCan permission="scheduling.write">
                <div>
                  <Button variant="subtle" size="compact-sm" onClick={() => retry.mutate(message.id)}>
                    {t('failed.retry')}
                  </Button>
                </div>
              </IfCan>
            )}
          </li>
        ))}
      </ul>
      <Button
        variant="default"
        size="compact-md"
        mt="xs"
        leftSection={<IconBrandWhatsapp size={16} />}
        loading={write.isPending}
        onClick={() => write.mutate()}
      >
        {t('log.whatsapp')}
      </Button>
    </section>
  );
}
