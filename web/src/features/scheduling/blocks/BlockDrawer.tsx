import { Drawer } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/session';
import type { TimeBlock } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import type { NewSlot } from '../newAppointment';
import type { BookSetup } from '../useBookSetup';
import { BlockFacts } from './BlockFacts';
import { BlockForm } from './BlockForm';
import { newBlock, valuesOfBlock } from './blockForm';

interface BlockDrawerProps {
  setup: BookSetup;
  /** The day of the book. */
  date: string;
  /** The block that was clicked; null makes a new one. */
  block: TimeBlock | null;
  /** Where a new one was drawn, and what its column was. */
  slot: NewSlot | null;
  of: 'chair' | 'doctor';
  onClose(): void;
}

/** Time that is not for patients: makes, changes and removes it. */
export default function BlockDrawer({ setup, date, block, slot, of, onClose }: BlockDrawerProps) {
  const { t } = useTranslation('scheduling');
  const { timeZone } = useFormat();
  const { staff_id: staffId } = useSession();
  const can = useCan();
  const ownDoctorId = can.ownOnly('scheduling.write') ? staffId : null;
  const mayChange = can('scheduling.write') && (!block || !ownDoctorId || block.doctor_id === ownDoctorId);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={460}
      title={t(block ? 'blocks.title' : 'blocks.new')}
    >
      {block && !mayChange ? (
        <BlockFacts block={block} setup={setup} />
      ) : (
        <BlockForm
          setup={setup}
          block={block}
          ownDoctorId={ownDoctorId}
          initial={block ? valuesOfBlock(block, timeZone) : newBlock({ date, slot, of, ownDoctorId })}
          onClose={onClose}
        />
      )}
    </Drawer>
  );
}
