/** What someone typed and has not sent yet: survives a reload of this tab, never another person's session. */
export const draft = {
  read<T>(key: string): T | null {
    try {
      const stored = sessionStorage.getItem(`dentpro.draft.${key}`);
      return stored === null ? null : (JSON.parse(stored) as T);
    } catch {
      return null;
    }
  },
  write(key: string, value: unknown) {
    try {
      sessionStorage.setItem(`dentpro.draft.${key}`, JSON.stringify(value));
    } catch {
      // A full or forbidden storage loses the draft, not the form.
    }
  },
  clear(key: string) {
    sessionStorage.removeItem(`dentpro.draft.${key}`);
  },
  clearAll() {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith('dentpro.draft.')) sessionStorage.removeItem(key);
    }
  },
};
