import { ProvidersCard } from './ProvidersCard';
import { QuietHoursCard } from './QuietHoursCard';
import { RulesCard } from './RulesCard';
import { TemplatesCard } from './TemplatesCard';

export default function RemindersPage() {
  return (
    <>
      <RulesCard />
      <QuietHoursCard />
      <TemplatesCard />
      <ProvidersCard />
    </>
  );
}
