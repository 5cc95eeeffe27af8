import { Button, Menu } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { urlOf } from '@/api/client';

const LANGUAGES = ['ar', 'en', 'both'] as const;

interface PrintMenuProps {
  /** `/invoices/{id}/pdf` or `/payments/{id}/pdf`. */
  path: string;
  label: string;
  compact?: boolean;
}

/** The document as PDF in a new tab, in one language or both. */
export function PrintMenu({ path, label, compact = false }: PrintMenuProps) {
  const { t } = useTranslation('billing');
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant={compact ? 'subtle' : 'default'}
          size={compact ? 'compact-sm' : 'sm'}
          leftSection={<IconPrinter size={compact ? 16 : 18} />}
        >
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {LANGUAGES.map((lang) => (
          <Menu.Item
            key={lang}
            component="a"
            href={urlOf(path, { lang })}
            target="_blank"
            rel="noreferrer"
            lang={lang === 'both' ? undefined : lang}
          >
            {t(`print.${lang}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
