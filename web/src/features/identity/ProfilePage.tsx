import { PasswordCard } from './PasswordCard';
import { PersonalCard } from './PersonalCard';
import { SessionsCard } from './SessionsCard';
import { TotpCard } from './TotpCard';

export default function ProfilePage() {
  return (
    <>
      <PersonalCard />
      <PasswordCard />
      <TotpCard />
      <SessionsCard />
    </>
  );
}
