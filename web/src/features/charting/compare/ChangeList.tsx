import { useTranslation } from 'react-i18next';
import type { ChartState } from '@/api/types';
import { Code } from '@/ui/texts';
import charting from '../charting.module.css';
import { LayerBadge } from '../LayerBadge';
import { type ChangeGroup, type ChangeKind, type ChartChange, groupChanges } from '../model/chartDiff';
import type { ChartWords } from '../useChartWords';
import { ChangeSign } from './ChangeSign';
import css from './compare.module.css';

const KINDS: readonly ChangeKind[] = ['appeared', 'changed', 'went'];

interface ChangeListProps {
  changes: readonly ChartChange[];
  words: ChartWords;
  from: string;
  to: string;
}

/** The difference in words. */
export function ChangeList({ changes, words, from, to }: ChangeListProps) {
  const { t } = useTranslation('charting');
  const groups = KINDS.map((kind) => ({ kind, found: groupChanges(changes, kind) })).filter(
    ({ found }) => found.length > 0,
  );
  return (
    <div className={css.changes} data-changes={changes.length}>
      <h3 className={css.heading}>{t('compare.between', { from, to })}</h3>
      {groups.length === 0 && <p className={charting.hint}>{t('compare.same')}</p>}
      <div className={css.kinds}>
        {groups.map(({ kind, found }) => (
          <section key={kind} className={css.kind} data-kind={kind}>
            <h4>
              <ChangeSign kind={kind} /> {t(`compare.${kind}`)}{' '}
              <span className={css.count}>{found.length}</span>
            </h4>
            <ul>
              {found.map((group) => (
                <ChangeLine
                  key={`${group.teeth.join()}${group.before?.event_id}${group.after?.event_id}${group.before?.code}${group.after?.code}`}
                  group={group}
                  words={words}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  );
}

function ChangeLine({ group, words }: { group: ChangeGroup; words: ChartWords }) {
  const { t } = useTranslation('charting');
  const { teeth, before, after } = group;
  const [tooth = ''] = teeth;
  const both = before && after;
  return (
    <li>
      {teeth.length === 0 ? (
        <strong>{t('chart.mouth')}</strong>
      ) : (
        <span>
          <strong>
            <Code>{teeth.map(words.label).join(' ')}</Code>
          </strong>{' '}
          {teeth.length === 1 && <span className={charting.toothName}>{words.toothName(tooth)}</span>}
        </span>
      )}
      {before && <Told state={before} {...{ teeth, words }} prefix={both ? t('compare.was') : ''} />}
      {after && <Told state={after} {...{ teeth, words }} prefix={both ? t('compare.now') : ''} />}
    </li>
  );
}

function Told(props: { state: ChartState; teeth: readonly string[]; words: ChartWords; prefix: string }) {
  const { state, teeth, words, prefix } = props;
  // The teeth of a unit have parts of their own, so the line of all of them names none.
  const told = teeth.length > 1 ? { ...state, part: null } : state;
  return (
    <span className={css.told}>
      {prefix && <span className={charting.when}>{prefix}</span>}
      <LayerBadge state={state} words={words} />
      <span>{words.state(told, teeth[0] ?? '')}</span>
    </span>
  );
}
