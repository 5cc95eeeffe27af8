import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Locale } from '@/lib/locale';
import css from './present.module.css';
import { SignaturePad } from './SignaturePad';
import type { Strokes } from './strokes';

export interface GivenAnswer {
  decision: 'accepted' | 'declined';
  signer_name: string;
  relation: 'patient' | 'guardian';
  strokes: Strokes | null;
  reason: string | null;
}

interface AnswerFormProps {
  locale: Locale;
  patientName: string;
  /** How many items are chosen, and of how many. */
  chosen: number;
  all: number;
  /** Over a link nothing is accepted without a signature; at the clinic a word is enough. */
  signatureNeeded: boolean;
  busy: GivenAnswer['decision'] | null;
  failure: string | null;
  onAnswer: (answer: GivenAnswer) => void;
}

/** Who answers, his signature, and the answer. */
export function AnswerForm(props: AnswerFormProps) {
  const { locale, patientName, chosen, all, signatureNeeded, busy, failure } = props;
  const { t } = useTranslation('planning', { lng: locale });
  const [relation, setRelation] = useState<GivenAnswer['relation']>('patient');
  const [signer, setSigner] = useState(patientName);
  const [strokes, setStrokes] = useState<Strokes>([]);
  const [unsigned, setUnsigned] = useState(false);
  const [declining, setDeclining] = useState(false);
  const [reason, setReason] = useState('');
  const answer = (decision: GivenAnswer['decision']) => {
    const missing = decision === 'accepted' && signatureNeeded && strokes.length === 0;
    setUnsigned(missing);
    if (missing) return;
    props.onAnswer({
      decision,
      signer_name: signer.trim() || patientName,
      relation,
      strokes: decision === 'accepted' && strokes.length > 0 ? strokes : null,
      reason: reason.trim() || null,
    });
  };
  return (
    <section
      className={css.form}
      lang={locale}
      dir={locale === 'ar' ? 'rtl' : 'ltr'}
      aria-label={t('sign.title')}
    >
      <h2>{t('sign.title')}</h2>
      <div className={css.who}>
        <SegmentedControl
          aria-label={t('sign.who')}
          value={relation}
          onChange={(value) => setRelation(value as GivenAnswer['relation'])}
          data={(['patient', 'guardian'] as const).map((value) => ({ value, label: t(`relation.${value}`) }))}
        />
        <TextInput
          label={t('sign.name')}
          value={signer}
          onChange={(event) => setSigner(event.currentTarget.value)}
          maxLength={120}
          autoComplete="name"
        />
      </div>
      <SignaturePad
        strokes={strokes}
        onStrokes={(next) => {
          setStrokes(next);
          if (next.length > 0) setUnsigned(false);
        }}
        locale={locale}
        error={unsigned ? t('sign.missing') : undefined}
      />
      <p className={css.statement}>
        {t(chosen < all ? 'sign.statementPart' : 'sign.statement', { name: signer.trim() || patientName })}
      </p>
      {failure && (
        <p role="alert" className={css.fault}>
          {failure}
        </p>
      )}
      <div className={css.buttons}>
        <Button
          size="md"
          disabled={chosen === 0}
          loading={busy === 'accepted'}
          onClick={() => answer('accepted')}
        >
          {chosen < all
            ? t('sign.acceptPart')
            : t(strokes.length > 0 || signatureNeeded ? 'sign.accept' : 'sign.acceptByWord')}
        </Button>
        {declining ? (
          <div className={css.declining}>
            <TextInput
              label={t('sign.declineReason')}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              maxLength={500}
            />
            <Button
              size="md"
              color="red"
              variant="light"
              loading={busy === 'declined'}
              onClick={() => answer('declined')}
            >
              {t('sign.declineConfirm')}
            </Button>
          </div>
        ) : (
          <Button size="md" variant="subtle" color="red" onClick={() => setDeclining(true)}>
            {t('sign.decline')}
          </Button>
        )}
      </div>
    </section>
  );
}
