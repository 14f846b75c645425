/** What the shared pieces say. */
export const words = {
  undo: 'Undo',
  close: 'Close',
  retry: 'Try again',
  requestId: 'Request',
  loading: 'Loading',
  copied: 'Copied',
} as const;
