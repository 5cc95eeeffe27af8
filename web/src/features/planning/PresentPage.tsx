import { Button, SegmentedControl } from '@mantine/core';
import { IconArrowLeft, IconLink, IconPresentation } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { errorMessage, isApiError } from '@/api/errors';
import type { Presentation, TreatmentPlan } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { LOCALE_NAMES, LOCALES, type Locale, localName } from '@/lib/locale';
import { Card, PageBody } from '@/ui/Card';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { PrintMenu } from '@/ui/PrintMenu';
import { AnswerForm, type GivenAnswer } from './AnswerForm';
import { AnswerNote } from './AnswerNote';
import { LinkDialog } from './LinkDialog';
import css from './present.module.css';
import { planQuery, presentationQuery } from './queries';
import { ShownPlan } from './ShownPlan';
import { usePlanAction } from './usePlanAction';

/** A plan as it is looked at with the patient: presented, read in his language, answered and signed. */
export default function PresentPage() {
  const { planId } = useParams({ from: '/shell/plans/$planId/present' });
  const plan = useQuery(planQuery(planId));
  const shown = useQuery({ ...presentationQuery(planId), enabled: Boolean(plan.data?.presentation_id) });
  const failed = plan.error ?? shown.error;
  if (failed && !(plan.data && shown.data)) {
    return (
      <PageBody narrow>
        <ErrorState
          message={errorMessage(failed)}
          requestId={isApiError(failed) ? failed.requestId : null}
          onRetry={() => void (plan.error ? plan.refetch() : shown.refetch())}
        />
      </PageBody>
    );
  }
  if (!plan.data || (plan.data.presentation_id && !shown.data)) return <PageSkeleton />;
  return <Loaded plan={plan.data} presentation={shown.data ?? null} />;
}

function Loaded({ plan, presentation }: { plan: TreatmentPlan; presentation: Presentation | null }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const [locale, setLocale] = useState<Locale>(format.locale);
  const [linking, setLinking] = useState(false);
  const present = usePlanAction(plan.patient_id, (_: undefined, act) =>
    api.post<Presentation>(`/plans/${plan.id}/present`, {}, act),
  );
  const closed = plan.status === 'declined' || plan.status === 'withdrawn';
  const current = presentation?.validity === 'valid';
  const open = current && !presentation.answer && !closed;
  return (
    <PageBody narrow>
      <div className={css.bar}>
        <Button
          variant="subtle"
          leftSection={<IconArrowLeft size={18} className="mirror" />}
          renderRoot={(props) => (
            <Link
              to="/patients/$patientId/plans"
              params={{ patientId: plan.patient_id }}
              search={{ plan: plan.id }}
              {...props}
            />
          )}
        >
          {t('present.back')}
        </Button>
        <SegmentedControl
          aria-label={t('present.language')}
          value={locale}
          onChange={(value) => setLocale(value as Locale)}
          data={LOCALES.map((value) => ({ value, label: <bdi lang={value}>{LOCALE_NAMES[value]}</bdi> }))}
        />
        {open && (
          <Button variant="default" leftSection={<IconLink size={18} />} onClick={() => setLinking(true)}>
            {t('link.button')}
          </Button>
        )}
        {presentation && (
          <PrintMenu label={t('print')} address={(lang) => `/api/v1/plans/${plan.id}/pdf?lang=${lang}`} />
        )}
      </div>
      {(!presentation || (!current && !closed)) && (
        <Card>
          <EmptyState
            title={t(presentation ? `present.again_${presentation.validity}` : 'present.first')}
            hint={t('present.hint')}
            action={
              <Button
                leftSection={<IconPresentation size={18} />}
                loading={present.isPending}
                onClick={() => present.mutate(undefined)}
              >
                {t(presentation ? 'present.againButton' : 'present.button')}
              </Button>
            }
          />
        </Card>
      )}
      {presentation && <Shown key={presentation.id} {...{ plan, presentation, locale }} open={open} />}
      {linking && presentation && (
        <LinkDialog plan={plan} presentation={presentation} onClose={() => setLinking(false)} />
      )}
    </PageBody>
  );
}

interface ShownProps {
  plan: TreatmentPlan;
  presentation: Presentation;
  locale: Locale;
  open: boolean;
}

function Shown({ plan, presentation, locale, open }: ShownProps) {
  const { shown } = presentation;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(shown.items.map(({ id }) => id)));
  const [failure, setFailure] = useState<string | null>(null);
  const answer = usePlanAction(plan.patient_id, ({ decision, ...given }: GivenAnswer, act) =>
    decision === 'accepted'
      ? api.post<TreatmentPlan>(
          `/plans/${plan.id}/accept`,
          {
            hash: presentation.hash,
            accepted_items: [...chosen],
            signer_name: given.signer_name,
            relation: given.relation,
            ...(given.strokes ? { strokes: given.strokes } : {}),
          },
          act,
        )
      : api.post<TreatmentPlan>(
          `/plans/${plan.id}/decline`,
          { hash: presentation.hash, ...(given.reason ? { reason: given.reason } : {}) },
          act,
        ),
  );
  const name = localName({ name_ar: shown.patient_ar, name_en: shown.patient_en }, locale);
  return (
    <Card>
      <ShownPlan shown={shown} locale={locale} {...(open ? { chosen, onChosen: setChosen } : {})} />
      {open ? (
        <AnswerForm
          locale={locale}
          patientName={name}
          chosen={chosen.size}
          all={shown.items.length}
          signatureNeeded={false}
          busy={answer.isPending ? (answer.variables?.decision ?? null) : null}
          failure={failure}
          onAnswer={(given) => {
            setFailure(null);
            answer.mutate(given, { onError: (error) => setFailure(errorMessage(error)) });
          }}
        />
      ) : (
        <AnswerNote plan={plan} />
      )}
    </Card>
  );
}
