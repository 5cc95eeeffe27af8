import { Button, Drawer, MultiSelect, NumberInput, Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import type { FreeSlot, Named } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { DateField } from '@/ui/dates';
import { ErrorState } from '@/ui/ErrorState';
import { ListSkeleton } from '@/ui/PageSkeleton';
import { toast } from '@/ui/toast';
import { STARTS } from '../startTimes';
import { TypeSelect } from '../TypeSelect';
import type { BookSetup } from '../useBookSetup';
import { WeekdayChips } from '../WeekdayChips';
import { type HeldSlot, useHoldSlot } from './holdSlot';
import classes from './openings.module.css';
import { fetchOpenings, type OpeningSearch } from './queries';

const FEATURES = ['surgery', 'xray', 'child'] as const;
const HALF_HOURS = STARTS.filter((time) => time.endsWith(':00') || time.endsWith(':30'));

interface FindOpeningPanelProps {
  setup: BookSetup;
  branchId: string | null;
  /** The doctor whose book is shown. */
  doctorId: string | null;
  /** Called when a slot is kept for the reader. */
  onHeld(held: HeldSlot): void;
  onClose(): void;
}

/** Asks what is looked for and shows the first free slots of the days that have any; choosing one keeps it. */
export function FindOpeningPanel({ setup, branchId, doctorId, onHeld, onClose }: FindOpeningPanelProps) {
  const { t } = useTranslation('scheduling');
  const { name: nameOf, time, today, timeZone } = useFormat();
  const [search, setSearch] = useState<OpeningSearch>(() => ({
    typeId: null,
    minutes: 30,
    doctorIds: doctorId ? [doctorId] : [],
    chairFeature: null,
    branchId,
    weekdays: [],
    after: '',
    before: '',
    from: today(),
  }));
  const set = (changed: Partial<OpeningSearch>) => setSearch((before) => ({ ...before, ...changed }));
  const hold = useHoldSlot(search.typeId, timeZone);
  const times = useMemo(() => HALF_HOURS.map((value) => ({ value, label: time(value) })), [time]);

  const choose = (free: FreeSlot) =>
    hold.mutate(free, { onSuccess: onHeld, onError: (error) => toast.failed(errorMessage(error)) });

  return (
    <Drawer opened onClose={onClose} position="right" size={520} title={t('openings.title')}>
      <div className={classes.form}>
        <div className={classes.pair}>
          <TypeSelect
            value={search.typeId}
            minutes={search.minutes}
            pattern=""
            onChange={(type) =>
              set({
                typeId: type?.id ?? null,
                ...(type ? { minutes: type.minutes } : {}),
                chairFeature: null,
              })
            }
          />
          <NumberInput
            label={t('form.minutes')}
            value={search.minutes}
            onChange={(minutes) => set({ minutes: Number(minutes) || 0 })}
            min={5}
            max={720}
            step={5}
            allowDecimal={false}
          />
        </div>
        <MultiSelect
          label={t('openings.doctors')}
          placeholder={search.doctorIds.length === 0 ? t('openings.anyDoctor') : ''}
          data={setup.doctors
            .filter(({ active }) => active)
            .map((one) => ({ value: one.id, label: nameOf(one) }))}
          value={[...search.doctorIds]}
          onChange={(doctorIds) => set({ doctorIds })}
          searchable
          clearable
        />
        <div className={classes.pair}>
          <Select
            label={t('openings.chair')}
            placeholder={t('openings.anyChair')}
            data={FEATURES.map((value) => ({ value, label: t(`openings.feature.${value}`) }))}
            value={search.chairFeature}
            onChange={(chairFeature) => set({ chairFeature })}
            clearable
          />
          <DateField
            label={t('openings.from')}
            value={search.from}
            onChange={(from) => set({ from: from ?? today() })}
            minDate={today()}
          />
          <Select
            label={t('openings.after')}
            placeholder={t('openings.anyTime')}
            data={times}
            value={search.after || null}
            onChange={(after) => set({ after: after ?? '' })}
            clearable
          />
          <Select
            label={t('openings.before')}
            placeholder={t('openings.anyTime')}
            data={times.filter(({ value }) => value > search.after)}
            value={search.before || null}
            onChange={(before) => set({ before: before ?? '' })}
            clearable
          />
        </div>
        <WeekdayChips
          label={t('openings.weekdays')}
          value={search.weekdays}
          onChange={(weekdays) => set({ weekdays })}
        />
      </div>
      <Results search={search} setup={setup} busy={hold.isPending} onChoose={choose} />
    </Drawer>
  );
}

interface ResultsProps {
  search: OpeningSearch;
  setup: BookSetup;
  busy: boolean;
  onChoose(slot: FreeSlot): void;
}

function Results({ search, setup, busy, onChoose }: ResultsProps) {
  const { t } = useTranslation('scheduling');
  const format = useFormat();
  const found = useInfiniteQuery({
    // What is booked or kept meanwhile makes it stale, as any list of the book.
    queryKey: ['appointments', 'openings', search],
    queryFn: ({ pageParam, signal }) => fetchOpenings(search, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    enabled: search.minutes >= 5 && search.minutes <= 720,
  });
  const days = useMemo(() => byDay(found.data?.pages.flatMap((page) => page.items) ?? []), [found.data]);
  if (found.error) {
    return <ErrorState message={errorMessage(found.error)} onRetry={() => void found.refetch()} />;
  }
  if (!found.data) return <ListSkeleton rows={5} />;
  const nameIn = (list: readonly Named[], id: string) => format.name(list.find((one) => one.id === id));
  return (
    <section className={classes.results} aria-label={t('openings.results')} aria-busy={found.isFetching}>
      {days.length === 0 && <p className={classes.muted}>{t('openings.none')}</p>}
      {days.map(([date, slots]) => (
        <div key={date} className={classes.day}>
          <h3>{format.date(date, 'full')}</h3>
          <ul className={classes.slots}>
            {slots.map((slot) => (
              <li key={`${slot.starts_at} ${slot.doctor_id}`}>
                <button type="button" className={classes.slot} disabled={busy} onClick={() => onChoose(slot)}>
                  <b>
                    <bdi>{`${format.time(slot.starts_at)} – ${format.time(slot.ends_at)}`}</bdi>
                  </b>
                  <small>
                    <bdi>{nameIn(setup.doctors, slot.doctor_id)}</bdi> ·{' '}
                    <bdi>{nameIn(setup.chairs, slot.chair_id)}</bdi>
                    {setup.branches.length > 1 && (
                      <>
                        {' · '}
                        <bdi>{nameIn(setup.branches, slot.branch_id)}</bdi>
                      </>
                    )}
                  </small>
                  {slot.next_to_another && <span className={classes.nextTo}>{t('openings.nextTo')}</span>}
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {found.hasNextPage && (
        <Button
          variant="default"
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t('openings.later')}
        </Button>
      )}
    </section>
  );
}

export function byDay(slots: readonly FreeSlot[]): [string, FreeSlot[]][] {
  const days = new Map<string, FreeSlot[]>();
  for (const slot of slots) days.set(slot.local_date, [...(days.get(slot.local_date) ?? []), slot]);
  return [...days];
}
