/** How work on the server is told, wherever it is shown. */
import { counted, formatNumber } from '../../lib/format.ts';

export const words = {
  states: {
    preparing: 'Getting ready',
    running: 'Running',
    paused: 'Paused',
    done: 'Done',
    partial: 'Some failed',
    failed: 'Failed',
    cancelled: 'Cancelled',
  },
  heldUp: 'Waiting',
  inLine: 'Queued',
  itemStates: { waiting: 'Waiting', running: 'Being worked on', done: 'Done', failed: 'Failed' },
  progress: (over: number, total: number) => `${formatNumber(over)} of ${counted(total, 'picture', 'pictures')}`,
  listing: 'Its pictures are being listed',
  failed: (count: number) => counted(count, 'failed', 'failed'),
  toReview: (count: number) => `${formatNumber(count)} to review`,
  left: (span: string) => `about ${span} left`,
  rate: (rate: string) => `${rate} a second`,
  perMinute: (rate: string) => `${rate} a minute`,
  trouble: {
    storage_full: 'There is no room on the disk. It goes on by itself once there is.',
    store_unavailable: 'The database does not answer. It goes on by itself.',
    storage_unavailable: 'The place where pictures are kept does not answer. It goes on by itself.',
    processing_unavailable: 'The part that works on pictures is away. It goes on by itself.',
    cluster_unavailable: 'The machines that work on pictures cannot be reached. It goes on by itself.',
    model_unavailable: 'A model that the preset needs is not installed. Whoever runs Vitrine can install it.',
    too_busy: 'Other work comes first. It goes on by itself.',
    worker_lost: 'A part of the machinery stopped. The pictures it had are begun again by themselves.',
  } as Readonly<Record<string, string>>,
  otherTrouble: (detail: string) => `${detail} It goes on by itself.`,
  zip: {
    named: (name: string) => `It is called “${name}”.`,
    problems: {
      outside: 'This zip holds a path that leads outside of it. Make it anew, with pictures and folders only.',
      link: 'This zip holds a link in the place of a picture. Make it anew, with the pictures themselves.',
      password: 'This zip has a password. Make one without.',
      empty: 'There is no picture in this zip.',
      many: 'This zip holds more than 100,000 files. Split it into several.',
      bomb: 'This zip unpacks to far more than a zip of pictures can. Make it anew.',
      broken: 'This file cannot be read as a zip. It may be damaged: make it anew.',
    },
  },
  notBegun: (detail: string) => `It could not begin. ${detail}`,
} as const;
