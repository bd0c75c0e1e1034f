// The look: pine on warm paper, quiet greys, one step darker than Mantine's defaults where those fail WCAG AA.
import {createTheme, type MantineColorsTuple} from '@mantine/core';

const pine: MantineColorsTuple = [
  '#edf6f4', '#d8eae7', '#b2d6d0', '#8ac1b9', '#68aea5', '#4b9a91', '#2f867c', '#1c7168', '#14625c', '#0c4d48',
]; // biome-ignore format: ten steps read as one line
const gray: MantineColorsTuple = [
  '#f8f8f6',
  '#f1f1ee',
  '#e6e6e2',
  '#d8d8d3',
  '#c2c3bd',
  '#8f918c',
  '#6b6e69',
  '#535651',
  '#3a3d39',
  '#242623',
];
const dark: MantineColorsTuple = [
  '#d3d8d5',
  '#b9c0bc',
  '#a0a8a4',
  '#75807b',
  '#4a5450',
  '#353d3a',
  '#262d2a',
  '#181d1b',
  '#131716',
  '#0d100f',
];

export const theme = createTheme({
  primaryColor: 'pine',
  primaryShade: {light: 8, dark: 7},
  colors: {pine, gray, dark},
  fontFamily: 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Open Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSizes: {xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem'},
  headings: {
    fontWeight: '600',
    sizes: {h1: {fontSize: '1.375rem'}, h2: {fontSize: '1rem'}, h3: {fontSize: '0.875rem'}},
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  components: {
    Tooltip: {defaultProps: {withArrow: true, openDelay: 250, events: {hover: true, focus: true, touch: true}}},
    // Their <header> is no banner of the page.
    Modal: {
      defaultProps: {centered: true, closeButtonProps: {'aria-label': 'Close'}, attributes: {header: {role: 'none'}}},
    },
    Drawer: {defaultProps: {closeButtonProps: {'aria-label': 'Close'}, attributes: {header: {role: 'none'}}}},
    Anchor: {defaultProps: {underline: 'hover'}},
  },
});
