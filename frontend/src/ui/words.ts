/** What the shared pieces say. */
export const words = {
  undo: 'Undo',
  close: 'Close',
  retry: 'Try again',
  requestId: 'Request',
  loading: 'Loading',
  copied: 'Copied',
  cannotShow: 'This picture cannot be shown.',
  stage: {
    title: 'The picture',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    fit: 'Fit into the window',
    closer: 'Every pixel',
    previous: 'Previous picture',
    next: 'Next picture',
  },
  showPassword: 'Show the password',
  theme: 'Theme',
  themes: { light: 'Light', dark: 'Dark', auto: 'As the system' },
} as const;
