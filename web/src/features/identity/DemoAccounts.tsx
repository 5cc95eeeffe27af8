import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SessionInfo } from '@/api/types';
import classes from './DemoAccounts.module.css';

type DemoAccount = SessionInfo['demo_accounts'][number];

const KNOWN = ['admin', 'doctor', 'assistant', 'receptionist'] as const;

interface DemoAccountsProps {
  accounts: readonly DemoAccount[];
  disabled: boolean;
  onChoose: (account: DemoAccount) => void;
}

/** Says plainly that this is a demonstration, and opens it with one click. */
export function DemoAccounts({ accounts, disabled, onChoose }: DemoAccountsProps) {
  const { t } = useTranslation('identity');
  const roleName = (role: string) => {
    const known = KNOWN.find((code) => code === role);
    return known ? t(`role.${known}`) : role;
  };
  return (
    <section className={classes.demo} aria-labelledby="demo-title">
      <h2 id="demo-title" className={classes.title}>
        {t('signIn.demoTitle')}
      </h2>
      <p className={classes.hint}>{t('signIn.demoHint')}</p>
      <ul className={classes.list}>
        {accounts.map((account) => (
          <li key={account.email}>
            <Button
              variant="default"
              fullWidth
              disabled={disabled}
              onClick={() => onChoose(account)}
              aria-label={t('signIn.demoAs', { role: roleName(account.role) })}
              title={account.email}
            >
              {roleName(account.role)}
            </Button>
          </li>
        ))}
      </ul>
      {accounts[0] && (
        <p className={classes.password}>
          {t('signIn.password')}: <bdi dir="ltr">{accounts[0].password}</bdi>
        </p>
      )}
    </section>
  );
}
