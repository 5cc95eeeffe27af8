import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import css from './charting.module.css';
import { ChangeDisc } from './compare/ChangeSign';
import type { ChangeKind } from './model/chartDiff';
import { LETTERED_MATERIALS, materialLetter } from './model/materialLetters';
import type { Paint } from './model/toothPicture';
import { DONE_TEXTURE, hatch, paintColour, SICK_TEXTURE } from './OdontogramDefs';
import { LayerSign } from './overlays/LayerSigns';
import type { ChartWords } from './useChartWords';

/** What the colours, textures and letters of the picture mean. Its swatches use the picture's own textures. */
export function ChartLegend({ words, changes }: { words: ChartWords; changes: readonly ChangeKind[] }) {
  const { t } = useTranslation('charting');
  return (
    <ul className={css.legend} aria-label={t('legend.title')}>
      <Item label={t('legend.existing')} paint="existing">
        <Block fill={paintColour('existing')} />
      </Item>
      <Item label={t('legend.pathology')} paint="pathology">
        <Block fill={paintColour('pathology')} />
        <Block fill={SICK_TEXTURE} />
      </Item>
      <Item label={t('legend.plan')} paint="plan">
        <Block fill={paintColour('plan')} opacity={0.22} stroke={paintColour('plan')} dashed />
      </Item>
      <Item label={t('legend.done')} paint="done">
        <Block fill={paintColour('done')} />
        <Block fill={DONE_TEXTURE} />
      </Item>
      <Item label={t('legend.crown')}>
        <Block fill={hatch('existing')} stroke={paintColour('existing')} />
      </Item>
      <Item label={t('legend.canal')}>
        <path d="M2 0.4V3.6" stroke={paintColour('existing')} strokeWidth="0.8" strokeLinecap="round" />
      </Item>
      <Item label={t('legend.implant')}>
        <path
          d="M1.3 0.4H2.7L2.3 3.7H1.7Z"
          fill="url(#tooth-metal)"
          stroke="var(--metal-line)"
          strokeWidth="0.15"
        />
        <path d="M1 1.2H3M1.1 2H2.9M1.3 2.8H2.7" stroke="var(--metal-line)" strokeWidth="0.3" />
      </Item>
      <Item label={t('legend.missing')}>
        <path
          d="M0.6 0.6L3.4 3.4M3.4 0.6L0.6 3.4"
          stroke="var(--absent)"
          strokeWidth="0.4"
          strokeLinecap="round"
        />
      </Item>
      <Item label={t('legend.extract')}>
        <path
          d="M0.7 3.5L2.6 0.5M1.7 3.5L3.6 0.5"
          stroke={paintColour('plan')}
          strokeWidth="0.45"
          strokeLinecap="round"
        />
      </Item>
      <Item label={t('legend.extra')}>
        <path
          d="M1.2 1.6C1 2.7 1.5 3.7 2 3.7S3 2.7 2.8 1.6L2.3 0.3H1.7Z"
          fill="var(--cell)"
          stroke={paintColour('existing')}
          strokeWidth="0.35"
        />
      </Item>
      <Item label={t('legend.note')}>
        <path
          d="M0.6 0.7H3.4V2.6H2.1L1.2 3.5V2.6H0.6Z"
          fill="var(--cell)"
          stroke={paintColour('existing')}
          strokeWidth="0.35"
          strokeLinejoin="round"
        />
      </Item>
      {changes.map((kind) => (
        <Item key={kind} label={t(`compare.${kind}`)}>
          <g transform="translate(2 2) scale(1.25)">
            <ChangeDisc kind={kind} />
          </g>
        </Item>
      ))}
      <li className={css.letters}>
        {LETTERED_MATERIALS.map((material) => (
          <span key={material}>
            <bdi className={css.letterKey}>{materialLetter(material)}</bdi> {words.material(material)}
          </span>
        ))}
        <span>
          <bdi className={css.letterKey}>S</bdi> {t('legend.sealant')}
        </span>
      </li>
    </ul>
  );
}

function Item({ label, paint, children }: { label: string; paint?: Paint; children: ReactNode }) {
  return (
    <li>
      <svg viewBox="0 0 4 4" width="16" height="16" aria-hidden="true">
        {children}
      </svg>
      {paint && (
        <svg viewBox="-0.8 -0.8 1.6 1.6" width="11" height="11" aria-hidden="true">
          <LayerSign paint={paint} />
        </svg>
      )}
      {label}
    </li>
  );
}

function Block(props: { fill: string; opacity?: number; stroke?: string; dashed?: boolean }) {
  return (
    <rect
      x="0.25"
      y="0.25"
      width="3.5"
      height="3.5"
      rx="0.7"
      style={{ fill: props.fill }}
      fillOpacity={props.opacity}
      stroke={props.stroke}
      strokeWidth="0.4"
      strokeDasharray={props.dashed ? '0.9 0.4' : undefined}
    />
  );
}
