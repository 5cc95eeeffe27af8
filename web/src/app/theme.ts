import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';

const lagoon: MantineColorsTuple = [
  '#e0f1f2',
  '#c5e5e7',
  '#9dd7db',
  '#7acfd5',
  '#5cc8d0',
  '#2fa0aa',
  '#188089',
  '#0b6b74',
  '#095a62',
  '#07484f',
];

/** Mantine paints surfaces, borders and quiet text with these two; they are the tokens' own greys. */
const dark: MantineColorsTuple = [
  '#e6edf2',
  '#c7d2db',
  '#a9b8c4',
  '#8c9ca9',
  '#3c4c59',
  '#2a3844',
  '#1d2933',
  '#151e26',
  '#111a21',
  '#0e151b',
];
const gray: MantineColorsTuple = [
  '#f5f7f9',
  '#eef2f5',
  '#e3e9ee',
  '#dce3e8',
  '#c2ccd4',
  '#8a97a3',
  '#5f6f7b',
  '#4a5b68',
  '#2c3c48',
  '#14212b',
];

/** The primary colour is light in the dark appearance, so what stands on it changes too. */
const variantColors: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  const isPrimary = !input.color || input.color === input.theme.primaryColor;
  return input.variant === 'filled' && isPrimary ? { ...colors, color: 'var(--on-primary)' } : colors;
};

export const theme = createTheme({
  colors: { lagoon, dark, gray },
  variantColorResolver: variantColors,
  primaryColor: 'lagoon',
  primaryShade: { light: 7, dark: 4 },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace',
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '18px' },
  lineHeights: { xs: 'inherit', sm: 'inherit', md: 'inherit', lg: 'inherit', xl: 'inherit' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '32px' },
  defaultRadius: 'md',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '18px', lineHeight: '1.4' },
      h2: { fontSize: '16px', lineHeight: '1.4' },
      h3: { fontSize: '14px', lineHeight: '1.4' },
    },
  },
  cursorType: 'pointer',
  focusRing: 'auto',
  // Plain objects: naming the components' own modules here would put all of them into the first load.
  components: {
    Button: { defaultProps: { size: 'sm' } },
    ActionIcon: { defaultProps: { size: 36 } },
    Badge: { defaultProps: { variant: 'light', tt: 'none' } },
    Input: { defaultProps: { size: 'sm' } },
    // Lets fields.css tell an empty text area from one with letters to go by.
    Textarea: { defaultProps: { placeholder: ' ' } },
    Modal: { defaultProps: { centered: true, radius: 'lg', overlayProps: { backgroundOpacity: 0.45 } } },
    Drawer: { defaultProps: { overlayProps: { backgroundOpacity: 0.45 } } },
    Menu: { defaultProps: { shadow: 'md', radius: 'md', withInitialFocusPlaceholder: false } },
    Popover: { defaultProps: { shadow: 'md' } },
    Tabs: { defaultProps: { keepMounted: false } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
  },
});

/** Mantine's own variables follow the tokens, so light and dark are decided in tokens.css alone. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--surface)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-bright': 'var(--text)',
    '--mantine-color-dimmed': 'var(--text-2)',
    '--mantine-color-placeholder': 'var(--text-3)',
    '--mantine-color-anchor': 'var(--primary)',
    '--mantine-color-error': 'var(--danger)',
    '--mantine-color-default': 'var(--surface)',
    '--mantine-color-default-hover': 'var(--surface-2)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--border-2)',
    '--mantine-color-disabled': 'var(--surface-2)',
    '--mantine-color-disabled-color': 'var(--text-3)',
    '--mantine-color-lagoon-light': 'var(--primary-weak)',
    '--mantine-color-lagoon-light-hover': 'var(--primary-weak)',
    '--mantine-color-lagoon-light-color': 'var(--primary)',
    '--mantine-color-lagoon-outline': 'var(--primary)',
    '--mantine-color-lagoon-text': 'var(--primary)',
    '--mantine-color-red-light': 'var(--danger-weak)',
    '--mantine-color-red-light-hover': 'var(--danger-weak)',
    '--mantine-color-red-light-color': 'var(--danger)',
    '--mantine-primary-color-contrast': 'var(--on-primary)',
    '--mantine-shadow-md': 'var(--shadow-float)',
  };
  return { variables: {}, light: shared, dark: shared };
};
