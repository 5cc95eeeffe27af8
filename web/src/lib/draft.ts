const OWNER = 'dentpro.draft-owner';

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
  /** Whoever is signed in now: what another one left in this tab goes. */
  keepFor(account: string) {
    try {
      const before = sessionStorage.getItem(OWNER);
      if (before !== null && before !== account) this.clearAll();
      sessionStorage.setItem(OWNER, account);
    } catch {
      // A forbidden storage keeps no drafts either.
    }
  },
  clearAll() {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith('dentpro.draft.')) sessionStorage.removeItem(key);
    }
  },
};
