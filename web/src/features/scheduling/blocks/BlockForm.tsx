import { Alert, Button, Checkbox, Select, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage, isApiError } from '@/api/errors';
import { useApiForm } from '@/api/form';
import type { BlocksMade, TimeBlock } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { DateField } from '@/ui/dates';
import { FormActions, FormFailure } from '@/ui/form';
import { toast } from '@/ui/toast';
import classes from '../appointment.module.css';
import { timeOfMinutes } from '../dayTime';
import { typesQuery } from '../queries';
import type { BookSetup } from '../useBookSetup';
import { WeekdayChips } from '../WeekdayChips';
import {
  BLOCK_KINDS,
  type BlockValues,
  blockSchema,
  blockSpan,
  bodyOfChange,
  bodyOfNew,
  type CheckedBlock,
} from './blockForm';
import { InTheWay } from './InTheWay';
import { placeOptions } from './placeOptions';
import { useRemoveBlock } from './useRemoveBlock';

/** Every five minutes of a day. */
const STARTS: readonly string[] = Array.from({ length: 288 }, (_, index) => timeOfMinutes(index * 5));

interface BlockFormProps {
  setup: BookSetup;
  block: TimeBlock | null;
  ownDoctorId: string | null;
  initial: BlockValues;
  onClose(): void;
}

export function BlockForm({ setup, block, ownDoctorId, initial, onClose }: BlockFormProps) {
  const { t } = useTranslation(['scheduling', 'common']);
  const { name: nameOf, time } = useFormat();
  const client = useQueryClient();
  const [inTheWay, setInTheWay] = useState<unknown>(null);
  const add = useAction((body: object, act) => api.post<BlocksMade>('/blocks', body, act));
  const { form, failure, submitting, onSubmit } = useApiForm<BlockValues, CheckedBlock>({
    schema: blockSchema,
    initialValues: initial,
    submit: async (values) => {
      setInTheWay(null);
      try {
        if (block) await api.patch(`/blocks/${block.id}`, bodyOfChange(values), { version: block.version });
        else await add.mutateAsync(bodyOfNew(values));
      } catch (error) {
        if (isApiError(error, 'scheduling.appointments_in_the_way')) setInTheWay(error);
        throw error;
      }
      await client.invalidateQueries({ queryKey: ['blocks'] });
      toast.done(t(block ? 'blocks.changed' : 'blocks.made'));
      onClose();
    },
  });
  const { values } = form;
  const times = useMemo(() => STARTS.map((value) => ({ value, label: time(value) })), [time]);
  const words = {
    chairs: t('toolbar.chairs'),
    doctors: t('toolbar.doctors'),
    branches: t('blocks.branches'),
  };
  const places = placeOptions(setup, { nameOf, words, chosen: values.place });
  const overnight = values.start && values.end && blockSpan(values).end > 24 * 60;
  return (
    <form onSubmit={onSubmit} noValidate className={classes.form}>
      <Select
        {...form.getInputProps('kind')}
        label={t('blocks.kind')}
        data={BLOCK_KINDS.map((value) => ({ value, label: t(`block.${value}`) }))}
        allowDeselect={false}
        data-autofocus
      />
      {values.kind === 'emergency' && (
        <KeptFor
          value={values.type_id}
          error={form.errors.type_id}
          onChange={(typeId) => form.setFieldValue('type_id', typeId)}
        />
      )}
      <Select
        {...form.getInputProps('place')}
        label={t('blocks.place')}
        placeholder={t('blocks.choosePlace')}
        data={places}
        disabled={block !== null || ownDoctorId !== null}
        searchable
        required
      />
      <div className={classes.triple}>
        <DateField {...form.getInputProps('date')} label={t('form.date')} required />
        <Select {...form.getInputProps('start')} label={t('blocks.from')} data={times} searchable required />
        <Select
          {...form.getInputProps('end')}
          label={t('blocks.to')}
          description={overnight ? t('blocks.nextDay') : undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={times}
          searchable
          required
        />
      </div>
      <TextInput {...form.getInputProps('title')} label={t('blocks.note')} maxLength={120} />
      {block === null && (
        <Checkbox {...form.getInputProps('repeat.weekly', { type: 'checkbox' })} label={t('blocks.weekly')} />
      )}
      {values.repeat.weekly && (
        <>
          <WeekdayChips
            label={t('blocks.weekdays')}
            value={values.repeat.weekdays}
            onChange={(weekdays) => form.setFieldValue('repeat.weekdays', weekdays)}
          />
          <DateField
            {...form.getInputProps('repeat.until')}
            label={t('blocks.until')}
            minDate={values.date}
            required
          />
        </>
      )}
      {block?.series_id && <p className={classes.muted}>{t('blocks.onlyThisOne')}</p>}
      {inTheWay ? (
        <Alert color="red" role="alert" icon={<IconAlertTriangle size={18} />} title={errorMessage(inTheWay)}>
          <InTheWay error={inTheWay} onLeave={onClose} />
        </Alert>
      ) : (
        <FormFailure message={failure} />
      )}
      {Boolean(inTheWay || values.despite) && (
        <Checkbox
          {...form.getInputProps('despite', { type: 'checkbox' })}
          label={t('blocks.despite')}
          description={t('blocks.despiteHint')}
        />
      )}
      {block && <Removal block={block} onRemoved={onClose} />}
      <FormActions
        submitLabel={t(block ? 'common:action.save' : 'blocks.submit')}
        submitting={submitting}
        onCancel={onClose}
      />
    </form>
  );
}

interface KeptForProps {
  value: string | null;
  error: React.ReactNode;
  onChange(typeId: string | null): void;
}

/** The kind of appointment that an emergency slot is kept for. */
function KeptFor({ value, error, onChange }: KeptForProps) {
  const { t } = useTranslation('scheduling');
  const { name: nameOf } = useFormat();
  const types = useQuery(typesQuery);
  const offered = types.data?.filter((type) => type.active || type.id === value) ?? [];
  return (
    <Select
      label={t('blocks.keptFor')}
      data={offered.map((type) => ({ value: type.id, label: nameOf(type) }))}
      value={value}
      onChange={onChange}
      error={error ?? (types.error ? `${t('form.typesFailed')} ${errorMessage(types.error)}` : undefined)}
      searchable
      required
    />
  );
}

/** Gives the time back: this once, or from here on where it comes each week. */
function Removal({ block, onRemoved }: { block: TimeBlock; onRemoved(): void }) {
  const { t } = useTranslation('scheduling');
  const { remove, busy } = useRemoveBlock(block, onRemoved);
  return (
    <div className={classes.buttons}>
      <Button
        variant="default"
        leftSection={<IconTrash size={16} />}
        disabled={busy}
        onClick={() => void remove(false)}
      >
        {t('blocks.remove')}
      </Button>
      {block.series_id && (
        <Button variant="default" disabled={busy} onClick={() => void remove(true)}>
          {t('blocks.removeFollowing')}
        </Button>
      )}
    </div>
  );
}
