import { useCan } from '@/lib/permissions';
import { useSlots } from '@/ui/slots';
import { PasswordCard } from './PasswordCard';
import { PersonalCard } from './PersonalCard';
import { SessionsCard } from './SessionsCard';
import { TotpCard } from './TotpCard';

export default function ProfilePage() {
  const { CalendarFeedCard } = useSlots();
  const can = useCan();
  return (
    <>
      <PersonalCard />
      <PasswordCard />
      <TotpCard />
      {can('scheduling.read') && <CalendarFeedCard />}
      <SessionsCard />
    </>
  );
}
