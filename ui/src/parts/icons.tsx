// The app's icons: 16 px strokes drawn here, since a browser without symbol fonts must show them too. Always beside a word
// or inside a labelled button, so they are hidden from screen readers.
const paths = {
  clock: 'M8 4.5V8l2.3 1.6M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  arrows: 'M2.5 8a5.5 5.5 0 0 1 9.6-3.7L13.5 6M13.5 2.8V6h-3.2M13.5 8a5.5 5.5 0 0 1-9.6 3.7L2.5 10M2.5 13.2V10h3.2',
  pause: 'M6.4 5.5v5M9.6 5.5v5M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  tick: 'm5.3 8.2 1.9 1.9 3.5-4M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  dash: 'M5.4 8h5.2M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  cross: 'm6 6 4 4m0-4-4 4M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  warning: 'M8 6.2v3M8 11.4v.1M7.1 2.6 1.9 11.8A1 1 0 0 0 2.8 13.4h10.4a1 1 0 0 0 .9-1.6L8.9 2.6a1 1 0 0 0-1.8 0Z',
  info: 'M8 7.4v3.4M8 5.2v.1M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  eye: 'M1.5 8S4 3.6 8 3.6 14.5 8 14.5 8 12 12.4 8 12.4 1.5 8 1.5 8ZM9.8 8a1.8 1.8 0 1 1-3.6 0 1.8 1.8 0 0 1 3.6 0Z',
  play: 'M5 3.4v9.2a.5.5 0 0 0 .8.4l7-4.6a.5.5 0 0 0 0-.8l-7-4.6a.5.5 0 0 0-.8.4Z',
  people:
    'M10.7 13.5v-1.2a2.4 2.4 0 0 0-2.4-2.4H4.4A2.4 2.4 0 0 0 2 12.3v1.2M8.7 5.1a2.3 2.3 0 1 1-4.7 0 2.3 2.3 0 0 1 4.7 0ZM14 13.5v-1.2a2.4 2.4 0 0 0-1.8-2.3M10.6 2.9a2.3 2.3 0 0 1 0 4.5',
  plug: 'M6 1.8v3.4M10 1.8v3.4M3.8 5.2h8.4v2.4a4.2 4.2 0 0 1-8.4 0ZM8 11.8v2.6',
  sync: 'M2.5 5.5h10M10 3l2.5 2.5L10 8M13.5 10.5h-10M6 8l-2.5 2.5L6 13',
  history: 'M2.6 8a5.5 5.5 0 1 0 1.6-3.9L2.4 5.8M2.4 2.6v3.2h3.2M8 5.2V8l2 1.3',
  search: 'm13.5 13.5-3-3M11.8 7.1a4.7 4.7 0 1 1-9.3 0 4.7 4.7 0 0 1 9.3 0Z',
  plus: 'M8 3v10M3 8h10',
  upload: 'M8 10.5V3M4.8 6 8 2.8 11.2 6M2.5 10.8v1.7a1 1 0 0 0 1 1h9a1 1 0 0 0 1-1v-1.7',
  copy: 'M5.5 5.5h8v8h-8ZM10.5 5.5v-3h-8v8h3',
  sun: 'M8 1.5v1.2M8 13.3v1.2M1.5 8h1.2M13.3 8h1.2M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9M10.8 8a2.8 2.8 0 1 1-5.6 0 2.8 2.8 0 0 1 5.6 0Z',
  moon: 'M13.4 9.6A5.8 5.8 0 0 1 6.4 2.6a5.8 5.8 0 1 0 7 7Z',
  keyboard: 'M1.8 4h12.4v8H1.8ZM4.3 6.6h.1M7 6.6h.1M9.6 6.6h.1M4.8 9.5h6.4',
  leave: 'M6 13.5H3.5a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1H6M10.5 11l3-3-3-3M13.2 8H6',
  open: 'M9.5 2.5h4v4M13.2 2.8 7.5 8.5M11.5 9v3.5a1 1 0 0 1-1 1h-7a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1H7',
  right: 'M3 8h10M9.2 4.2 13 8l-3.8 3.8',
  pencil: 'M10.8 2.9 13 5.1 5.6 12.6l-2.9.7.7-2.9Z',
  question: 'M6.2 6.2a1.9 1.9 0 1 1 2.6 1.9c-.5.2-.8.6-.8 1.2M8 11.2v.1M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  down: 'm4 6.2 4 4 4-4',
} as const;
export type IconName = keyof typeof paths;

export function Icon({name, size = 16}: {name: IconName; size?: number}) {
  return (
    <svg
      aria-hidden="true"
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={paths[name]} />
    </svg>
  );
}
