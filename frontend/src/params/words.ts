/** What controls of parameters say. */
export const words = {
  saved: 'Saved by you and your team',
  presets: 'Presets',
  channels: 'Marketplaces',
  choosePreset: 'Choose a preset',
  nothingFound: 'Nothing found',
  loading: 'Loading',
} as const;
