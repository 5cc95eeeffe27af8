import { Button, Menu } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

const LANGUAGES = ['ar', 'en', 'both'] as const;

interface PrintMenuProps {
  /** Where the document lies in a language. */
  address: (lang: (typeof LANGUAGES)[number]) => string;
  label: string;
  compact?: boolean;
}

/** The document as PDF in a new tab, in one language or both. */
export function PrintMenu({ address, label, compact = false }: PrintMenuProps) {
  const { t } = useTranslation();
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
            href={address(lang)}
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
