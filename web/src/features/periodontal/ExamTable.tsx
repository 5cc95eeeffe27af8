import { useTranslation } from 'react-i18next';
import type { PerioSite } from '@/api/types';
import { PERMANENT_TEETH } from '@/lib/teeth';
import { Code } from '@/ui/texts';
import { SIGNS, type Teeth } from './model/changes';
import { SITES } from './model/sites';
import css from './periodontal.module.css';
import { Scroll } from './Scroll';
import type { PerioWords } from './usePerioWords';

/** The exam as text: the same facts as the picture, for screen readers and for paper. */
export function ExamTable({ teeth, words }: { teeth: Teeth; words: PerioWords }) {
  const { t } = useTranslation('periodontal');
  const standing = PERMANENT_TEETH.filter((code) => teeth[code] && teeth[code].presence !== 'missing');
  const missing = PERMANENT_TEETH.filter((code) => teeth[code]?.presence === 'missing');
  return (
    <>
      <Scroll label={t('view.list')}>
        <table className={css.list}>
          <thead>
            <tr>
              <th scope="col">{t('row.tooth')}</th>
              {SITES.map((site) => (
                <th key={site} scope="col">
                  <abbr title={t(`siteColumn.${site}`)}>{site}</abbr>
                </th>
              ))}
              <th scope="col">{t('list.tooth')}</th>
            </tr>
          </thead>
          <tbody>
            {standing.map((code) => {
              const tooth = teeth[code];
              return (
                tooth && (
                  <tr key={code}>
                    <th scope="row">
                      <Code>{code}</Code>
                    </th>
                    {SITES.map((site) => (
                      <td key={site}>
                        <SiteText site={tooth.sites[site]} words={words} />
                      </td>
                    ))}
                    <td>{words.tooth(tooth)}</td>
                  </tr>
                )
              );
            })}
          </tbody>
        </table>
      </Scroll>
      {missing.length > 0 && (
        <p className={css.hint}>
          {t('list.missing', { teeth: words.teeth(missing), count: missing.length })}
        </p>
      )}
    </>
  );
}

function SiteText({ site, words }: { site: PerioSite | undefined; words: PerioWords }) {
  const { t } = useTranslation('periodontal');
  const empty = !site || (site.depth == null && site.margin == null && SIGNS.every((sign) => !site[sign]));
  return empty ? (
    <span className={css.quiet}>{t('told.unmeasured')}</span>
  ) : (
    <span>{words.reading(site)}</span>
  );
}
