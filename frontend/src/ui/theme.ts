/** The kit, told our tokens. Colours themselves are in tokens.css. */
import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';
import { words } from './words.ts';

const glass: MantineColorsTuple = [
  '#e9f6f5',
  '#cfe9e7',
  '#a3d6d2',
  '#75c4be',
  '#4fc3b8',
  '#2e9d95',
  '#1a827b',
  '#0e6b66',
  '#0a5651',
  '#063f3c',
];

const SMALL = '13px';
const CLOSE = { 'aria-label': words.close };
const HEADING = { fontSize: '18px', fontWeight: 600 };

interface Sized {
  readonly size?: unknown;
}

/** Fingers need 40 px; the kit's usual size has 36. */
const reachable = (size: unknown): string | undefined => (size === undefined || size === 'sm' ? '40px' : undefined);

/** Greys of dark controls, of the same hue as the night they lie on. */
const dark: MantineColorsTuple = [
  '#ececea',
  '#c4c4c4',
  '#96969a',
  '#6c6c70',
  '#414146',
  '#2e2e32',
  '#232327',
  '#1c1c1f',
  '#18181b',
  '#141416',
];

/** Greys of light controls, as warm as the paper. */
const gray: MantineColorsTuple = [
  '#f8f8f6',
  '#f1f1ee',
  '#e8e8e5',
  '#dededb',
  '#cdcdca',
  '#adadab',
  '#868688',
  '#4e4e53',
  '#36363a',
  '#222226',
];

/** What is written on a filled button: the kit looks at the light colour alone. */
const ON_FILLED: Readonly<Record<string, string>> = { glass: 'var(--on-accent)', red: 'var(--paper)' };

const variants: VariantColorsResolver = (input) => {
  const usual = defaultVariantColorsResolver(input);
  const written = ON_FILLED[input.color ?? input.theme.primaryColor];
  return input.variant === 'filled' && written !== undefined ? { ...usual, color: written } : usual;
};

export const theme = createTheme({
  colors: { glass, gray, dark },
  variantColorResolver: variants,
  primaryColor: 'glass',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.4,
  white: '#ffffff',
  black: '#1b1b1f',
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  defaultRadius: 8,
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontSizes: { xs: '13px', sm: '13px', md: '15px', lg: '18px', xl: '24px' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '34px', lineHeight: '1.15' },
      h2: { fontSize: '24px', lineHeight: '1.25' },
      h3: { fontSize: '18px', lineHeight: '1.35' },
      h4: { fontSize: '15px', lineHeight: '1.4' },
    },
  },
  spacing: { xs: '4px', sm: '8px', md: '16px', lg: '24px', xl: '32px' },
  shadows: { xs: 'none', sm: 'none', md: 'var(--shadow)', lg: 'var(--shadow)', xl: 'var(--shadow)' },
  components: {
    Tooltip: { defaultProps: { openDelay: 350, events: { hover: true, focus: true, touch: false } } },
    Modal: { defaultProps: { centered: true, radius: 12, closeButtonProps: CLOSE }, styles: { title: HEADING } },
    // A header in a dialog is none of the page: with its usual tag it would be told as a second banner.
    ModalHeader: { defaultProps: { component: 'div' } },
    DrawerHeader: { defaultProps: { component: 'div' } },
    Drawer: { defaultProps: { closeButtonProps: CLOSE }, styles: { title: HEADING } },
    Button: {
      defaultProps: { size: 'sm' },
      vars: (_: unknown, { size }: Sized) => ({ root: { '--button-height': reachable(size) } }),
    },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 40 } },
    Input: { vars: (_: unknown, { size }: Sized) => ({ wrapper: { '--input-height': reachable(size) } }) },
    InputWrapper: {
      vars: () => ({ description: { '--input-description-size': SMALL }, error: { '--input-error-size': SMALL } }),
      styles: {
        label: { marginBottom: 4 },
        description: { marginBottom: 8, lineHeight: 1.4 },
        error: { marginTop: 4 },
      },
    },
    // Its first item is focused instead: nothing but items may be in a menu.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Checkbox: { vars: () => ({ root: { '--checkbox-icon-color': 'var(--on-accent)' } }) },
    Radio: { vars: () => ({ root: { '--radio-icon-color': 'var(--on-accent)' } }) },
  },
});

const shared = {
  '--mantine-color-body': 'var(--paper)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-2)',
  '--mantine-color-placeholder': 'var(--ink-2)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-border': 'var(--hairline)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-error': 'var(--red)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  '--mantine-color-glass-filled': 'var(--accent)',
  '--mantine-color-glass-filled-hover': 'color-mix(in srgb, var(--accent) 88%, var(--ink))',
  '--mantine-color-glass-light': 'var(--accent-soft)',
  '--mantine-color-glass-light-hover': 'color-mix(in srgb, var(--accent) 16%, transparent)',
  '--mantine-color-glass-light-color': 'var(--accent)',
  '--mantine-color-glass-outline': 'var(--accent)',
  '--mantine-color-red-filled': 'var(--red)',
  '--mantine-color-red-filled-hover': 'color-mix(in srgb, var(--red) 88%, var(--ink))',
  '--mantine-color-red-light-color': 'var(--red)',
  '--mantine-color-red-outline': 'var(--red)',
};

export const tokens: CSSVariablesResolver = () => ({ variables: {}, light: shared, dark: shared });
