import i18next from 'i18next';

/** The two names of a form: one language is enough. */
export function oneNameGiven(
  names: { name_ar: string; name_en: string },
  context: { addIssue: (issue: { code: 'custom'; path: string[]; message: string }) => void },
) {
  if (names.name_ar || names.name_en) return;
  const message = i18next.t('clinic:branches.oneName');
  context.addIssue({ code: 'custom', path: ['name_ar'], message });
  context.addIssue({ code: 'custom', path: ['name_en'], message });
}
