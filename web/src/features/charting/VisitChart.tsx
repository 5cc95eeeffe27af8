import type { VisitChartProps } from '@/ui/slots';
import { LoadedChart } from './LoadedChart';

/** The chart inside a visit: what is recorded here belongs to it. */
export default function VisitChart({ patientId, visitId, readOnly, onSelect }: VisitChartProps) {
  return <LoadedChart patientId={patientId} visitId={visitId} readOnly={readOnly} onSelect={onSelect} />;
}
