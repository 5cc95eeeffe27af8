import { useElementSize } from '@mantine/hooks';
import { useMemo } from 'react';
import type { Chart } from '@/api/types';
import type { MouthPictureProps } from '@/ui/slots';
import { Odontogram } from './Odontogram';
import { useChartColours, wearing } from './useChartColours';
import { useChartWords } from './useChartWords';

const NARROW = 480;
const NOTHING = () => undefined;

/** A mouth to look at, with some teeth marked: for the patient, who has its words beside it. */
export default function MouthPicture({ chart, teeth, label }: MouthPictureProps) {
  const words = useChartWords(undefined, 'fdi');
  const { ref, width } = useElementSize();
  const marked = useMemo(() => new Set(teeth), [teeth]);
  const worn = wearing(useChartColours());
  const halves = width > 0 && width < NARROW ? (['right', 'left'] as const) : (['whole'] as const);
  return (
    <div ref={ref} role="img" aria-label={label}>
      <div {...worn} aria-hidden="true" inert>
        {halves.map((extent) => (
          <Odontogram
            key={extent}
            chart={chart as Chart}
            dentition={(chart as Chart).dentition}
            words={words}
            numbering="fdi"
            extent={extent}
            selected={marked}
            onSelect={NOTHING}
            onClear={NOTHING}
          />
        ))}
      </div>
    </div>
  );
}
