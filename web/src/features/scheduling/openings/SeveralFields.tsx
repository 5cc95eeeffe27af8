import { ActionIcon, Button, Checkbox, NumberInput, SegmentedControl, Select } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Branch, Chair, Staff } from '@/api/types';
import { addDays } from '@/lib/format';
import { useFormat } from '@/lib/format-context';
import { DateField } from '@/ui/dates';
import { TypedSelect } from '@/ui/TypedSelect';
import type { NewAppointmentValues } from '../newAppointment';
import { PatientPicker } from '../PatientPicker';
import { chairOptions } from '../places';
import { StartSelect } from '../StartSelect';
import { type BookingPlan, MOST, REPEAT_UNITS, type RepeatUnit } from './bookingPlan';
import classes from './openings.module.css';

const KINDS = ['once', 'repeat', 'sittings', 'family'] as const;
const A_WEEK = 7;
const SITTINGS_AT_FIRST = 2;

interface SeveralFieldsProps {
  values: NewAppointmentValues;
  doctors: readonly Staff[];
  chairs: readonly Chair[];
  branches: readonly Branch[];
  error?: string | undefined;
  onChange(plan: BookingPlan): void;
}

/** Whether it repeats, has further sittings, or others of the family come too. */
export function SeveralFields({ values, error, onChange, ...places }: SeveralFieldsProps) {
  const { t } = useTranslation('scheduling');
  const { plan } = values;
  return (
    <fieldset className={classes.several}>
      <legend>{t('several.title')}</legend>
      <SegmentedControl
        aria-label={t('several.title')}
        fullWidth
        value={plan.kind}
        onChange={(kind) => onChange(begun(kind as BookingPlan['kind'], values))}
        data={KINDS.map((value) => ({ value, label: t(`several.${value}`) }))}
      />
      {plan.kind === 'repeat' && <RepeatFields plan={plan} onChange={onChange} />}
      {plan.kind === 'sittings' && <SittingFields plan={plan} values={values} onChange={onChange} />}
      {plan.kind === 'family' && <FamilyFields plan={plan} {...places} onChange={onChange} />}
      {error && (
        <p role="alert" className={classes.expired}>
          {error}
        </p>
      )}
    </fieldset>
  );
}

/** What a plan begins with: the usual of its kind. */
function begun(kind: BookingPlan['kind'], values: NewAppointmentValues): BookingPlan {
  switch (kind) {
    case 'once':
      return { kind };
    case 'repeat':
      return { kind, every: 1, unit: 'weeks', count: 4, skip: false };
    case 'sittings':
      return {
        kind,
        sittings: Array.from({ length: SITTINGS_AT_FIRST }, (_, index) => sitting(values, index + 1)),
      };
    case 'family':
      return { kind, beside: false, members: [member()] };
  }
}

const sitting = ({ date, start, minutes }: NewAppointmentValues, weeks: number) => ({
  key: crypto.randomUUID(),
  date: date ? addDays(date, A_WEEK * weeks) : '',
  start,
  minutes,
});

const member = () => ({ key: crypto.randomUUID(), patient: null, doctorId: null, chairId: null });

type Of<Kind extends BookingPlan['kind']> = Extract<BookingPlan, { kind: Kind }>;

interface PlanProps<Kind extends BookingPlan['kind']> {
  plan: Of<Kind>;
  onChange(plan: BookingPlan): void;
}

function RepeatFields({ plan, onChange }: PlanProps<'repeat'>) {
  const { t } = useTranslation('scheduling');
  return (
    <>
      <div className={classes.pair}>
        <NumberInput
          label={t('several.every')}
          value={plan.every}
          onChange={(every) => onChange({ ...plan, every })}
          min={1}
          max={366}
          allowDecimal={false}
        />
        <Select
          label={t('several.unit')}
          data={REPEAT_UNITS.map((value) => ({ value, label: t(`several.units.${value}`) }))}
          value={plan.unit}
          onChange={(unit) => onChange({ ...plan, unit: unit as RepeatUnit })}
          allowDeselect={false}
        />
        <NumberInput
          label={t('several.count')}
          value={plan.count}
          onChange={(count) => onChange({ ...plan, count })}
          min={2}
          max={MOST}
          allowDecimal={false}
        />
      </div>
      <Checkbox
        label={t('several.skip')}
        checked={plan.skip}
        onChange={(event) => onChange({ ...plan, skip: event.currentTarget.checked })}
      />
    </>
  );
}

function SittingFields({ plan, values, onChange }: PlanProps<'sittings'> & { values: NewAppointmentValues }) {
  const { t } = useTranslation('scheduling');
  const change = (key: string, changed: Partial<(typeof plan.sittings)[number]>) =>
    onChange({
      ...plan,
      sittings: plan.sittings.map((one) => (one.key === key ? { ...one, ...changed } : one)),
    });
  return (
    <>
      {plan.sittings.map((one, index) => (
        <div key={one.key} className={classes.row}>
          <DateField
            label={t('several.sitting', { number: index + 2 })}
            value={one.date}
            onChange={(date) => change(one.key, { date: date ?? '' })}
          />
          <StartSelect date={one.date} value={one.start} onChange={(start) => change(one.key, { start })} />
          <NumberInput
            label={t('form.minutes')}
            value={one.minutes}
            onChange={(minutes) => change(one.key, { minutes })}
            min={5}
            max={720}
            step={5}
            allowDecimal={false}
          />
          <Remove
            label={t('several.removeSitting', { number: index + 2 })}
            onClick={() =>
              onChange({ ...plan, sittings: plan.sittings.filter(({ key }) => key !== one.key) })
            }
          />
        </div>
      ))}
      <Add
        label={t('several.addSitting')}
        disabled={plan.sittings.length + 1 >= MOST}
        onClick={() =>
          onChange({ ...plan, sittings: [...plan.sittings, sitting(values, plan.sittings.length + 1)] })
        }
      />
    </>
  );
}

type FamilyProps = PlanProps<'family'> & Pick<SeveralFieldsProps, 'doctors' | 'chairs' | 'branches'>;

function FamilyFields({ plan, doctors, chairs, branches, onChange }: FamilyProps) {
  const { t } = useTranslation('scheduling');
  const { name: nameOf } = useFormat();
  const doctorOptions = doctors
    .filter(({ active }) => active)
    .map((one) => ({ value: one.id, label: nameOf(one) }));
  const change = (key: string, changed: Partial<(typeof plan.members)[number]>) =>
    onChange({
      ...plan,
      members: plan.members.map((one) => (one.key === key ? { ...one, ...changed } : one)),
    });
  return (
    <>
      <SegmentedControl
        aria-label={t('several.arrangement')}
        value={plan.beside ? 'beside' : 'after'}
        onChange={(value) => onChange({ ...plan, beside: value === 'beside' })}
        data={(['after', 'beside'] as const).map((value) => ({ value, label: t(`several.${value}`) }))}
      />
      {plan.members.map((one) => (
        <div key={one.key} className={classes.member}>
          <div className={classes.memberHead}>
            <PatientPicker value={one.patient} onChange={(patient) => change(one.key, { patient })} />
            <Remove
              label={t('several.removeMember', { patient: nameOf(one.patient) })}
              onClick={() =>
                onChange({ ...plan, members: plan.members.filter(({ key }) => key !== one.key) })
              }
            />
          </div>
          {plan.beside && (
            <div className={classes.pair}>
              <TypedSelect
                label={t('form.doctor')}
                data={doctorOptions}
                value={one.doctorId}
                onChange={(doctorId) => change(one.key, { doctorId })}
                required
              />
              <Select
                label={t('form.chair')}
                placeholder={t('appointment.noChair')}
                data={chairOptions(chairs, branches, nameOf, one.chairId)}
                value={one.chairId}
                onChange={(chairId) => change(one.key, { chairId })}
                clearable
              />
            </div>
          )}
        </div>
      ))}
      <Add
        label={t('several.addMember')}
        disabled={plan.members.length + 1 >= MOST}
        onClick={() => onChange({ ...plan, members: [...plan.members, member()] })}
      />
    </>
  );
}

function Remove({ label, onClick }: { label: string; onClick(): void }) {
  return (
    <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} onClick={onClick}>
      <IconTrash size={18} />
    </ActionIcon>
  );
}

function Add({ label, disabled, onClick }: { label: string; disabled: boolean; onClick(): void }) {
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      leftSection={<IconPlus size={15} />}
      disabled={disabled}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}
