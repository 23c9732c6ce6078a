import {
  createTheme,
  Drawer,
  Modal,
  Table,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';

const harbour: MantineColorsTuple = [
  '#e9f5fa',
  '#d3e8f1',
  '#a5cfe2',
  '#74b5d3',
  '#4d9fc5',
  '#3490bc',
  '#1f7ba6',
  '#136489',
  '#0f5474',
  '#0f3d56',
];

const signal: MantineColorsTuple = [
  '#fff0ec',
  '#ffe0d8',
  '#ffbfb0',
  '#ff9b84',
  '#ff7c5e',
  '#f65f3d',
  '#c9401f',
  '#bd3a1d',
  '#982e17',
  '#6f2010',
];

const amber: MantineColorsTuple = [
  '#fff6e5',
  '#ffebc9',
  '#ffd693',
  '#f9bf5c',
  '#f0a92f',
  '#d98a1b',
  '#b86f0c',
  '#945706',
  '#784500',
  '#5c3400',
];

const slate: MantineColorsTuple = [
  '#e6eaee',
  '#c7cfd6',
  '#a5b0ba',
  '#7f8d99',
  '#465361',
  '#34404c',
  '#25303a',
  '#1a232c',
  '#131b22',
  '#0d1419',
];

/** Daymark's look: harbour blue to act, signal red for trouble only, system fonts. */
export const theme = createTheme({
  primaryColor: 'harbour',
  primaryShade: { light: 7, dark: 6 },
  colors: { harbour, signal, amber, dark: slate },
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily:
    'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace',
  components: {
    Drawer: Drawer.extend({ defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } }),
    Modal: Modal.extend({ defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } }),
    Table: Table.extend({ defaultProps: { borderColor: 'var(--daymark-line)' } }),
  },
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.25' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.35' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
});

/** Greys that stay readable: the stock dimmed text is too faint for WCAG AA. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#566370',
    '--mantine-color-placeholder': '#66727e',
    '--daymark-page': '#f5f7f9',
    '--daymark-line': '#e1e6ea',
    '--daymark-hover': '#f2f6f8',
    '--daymark-good': '#1b6b46',
  },
  dark: {
    '--mantine-color-dimmed': '#9fabb6',
    '--mantine-color-placeholder': '#8d99a4',
    '--mantine-color-body': '#1a232c',
    '--mantine-color-harbour-light': 'rgba(77, 159, 197, 0.18)',
    '--mantine-color-harbour-light-hover': 'rgba(77, 159, 197, 0.28)',
    '--mantine-color-harbour-light-color': '#bfe0ef',
    '--mantine-color-signal-light': 'rgba(255, 124, 94, 0.16)',
    '--mantine-color-signal-light-hover': 'rgba(255, 124, 94, 0.26)',
    '--mantine-color-signal-light-color': '#ffbfb0',
    '--daymark-page': '#11181f',
    '--daymark-line': '#2c3742',
    '--daymark-hover': '#202b35',
    '--daymark-good': '#7fd1a8',
  },
});
