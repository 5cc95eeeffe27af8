import { Button } from '@mantine/core';
import { IconUserQuestion } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/lib/permissions';
import { useSlots } from '@/ui/slots';
import type { OfferedSlot } from './offers';
import { useMayMove } from './useMayMove';

interface OfferButtonProps {
  /** Null where there is nothing to offer. */
  slot: OfferedSlot | null;
  onFilled?(): void;
}

/** Offers free time to those who would come earlier. */
export function OfferButton({ slot, onFilled }: OfferButtonProps) {
  const { t } = useTranslation('scheduling');
  const { SlotOffers } = useSlots();
  const can = useCan();
  const mayMove = useMayMove();
  const [open, setOpen] = useState(false);
  if (!slot || !can('patients.read') || !mayMove({ doctor_id: slot.doctor.id })) return null;
  return (
    <>
      <Button variant="default" leftSection={<IconUserQuestion size={16} />} onClick={() => setOpen(true)}>
        {t('offer.button')}
      </Button>
      {open && <SlotOffers {...slot} onClose={() => setOpen(false)} {...(onFilled ? { onFilled } : {})} />}
    </>
  );
}
