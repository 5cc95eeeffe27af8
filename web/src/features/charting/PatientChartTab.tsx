import { useParams } from '@tanstack/react-router';
import { LoadedChart, type LoadedChartProps } from './LoadedChart';

/** The chart on the patient's page; the patient is the one of the address unless told otherwise. */
export default function PatientChartTab(props: Partial<LoadedChartProps>) {
  const address = useParams({ strict: false });
  return <LoadedChart {...props} patientId={props.patientId ?? address.patientId ?? ''} />;
}
