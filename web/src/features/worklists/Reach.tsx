import { ActionIcon } from '@mantine/core';
import { IconBrandWhatsapp, IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Calls or writes to a patient with the text filled in. */
export function Reach({ phone, text }: { phone: string; text: string }) {
  const { t } = useTranslation('worklists');
  return (
    <>
      <ActionIcon
        component="a"
        href={`tel:${phone}`}
        size={30}
        variant="default"
        aria-label={t('act.call')}
        title={t('act.call')}
      >
        <IconPhone size={16} />
      </ActionIcon>
      <ActionIcon
        component="a"
        href={`https://wa.me/${phone.replace(/\D/g, '')}?text=${encodeURIComponent(text)}`}
        target="_blank"
        rel="noreferrer"
        size={30}
        variant="default"
        aria-label={t('act.whatsapp')}
        title={t('act.whatsapp')}
      >
        <IconBrandWhatsapp size={16} />
      </ActionIcon>
    </>
  );
}
