/** What share links say, to who gives them and to who opens them. */
import { counted } from '../../lib/format.ts';

export const words = {
  title: (album: string) => `Share “${album}”`,
  text: 'Whoever has a link sees the pictures of this album as they are now and as they will be, without an account.',
  onlyHere:
    'Links made here open on this computer only, because that is where you opened Vitrine. An administrator can put Vitrine on a network address: see “Put it behind a reverse proxy” in its documentation.',
  days: 'Works for',
  spans: (days: number) => (days === 365 ? '1 year' : counted(days, 'day', 'days')),
  originals: 'Also let them download the originals',
  originalsHint: 'With all their metadata, which can tell where and when a photo was taken.',
  create: 'Make a link',
  links: 'Links',
  none: 'No links yet.',
  link: 'Link',
  open: 'Open',
  end: 'End this link',
  endText: 'Whoever has it will see nothing any more. You can make a new one, but not bring this one back.',
  keep: 'Keep it',
  endNow: 'End it now',
  ended: 'The link is ended.',
  until: (time: string) => `Works until ${time}`,
  withOriginals: 'with originals',
  expired: (time: string) => `Ended on ${time}`,
  revoked: 'You ended it',
  more: 'Show more',
  visitor: {
    shared: (count: string) => `${count}, shared with you`,
    until: (day: string) => `here until ${day}`,
    empty: { title: 'Nothing here yet', text: 'Come back later: pictures show as soon as they are put in.' },
    gone: {
      title: 'This link does not work any more',
      text: 'It has ended, was taken back, or is not complete. Ask whoever sent it for a new one.',
    },
    pictures: (count: number, more: boolean) =>
      more ? `More than ${counted(count, 'picture', 'pictures')}` : counted(count, 'picture', 'pictures'),
    close: 'Close',
    download: 'Download',
    version: 'The picture as shown',
    original: 'The original',
    thumb: 'A small picture',
    by: 'Shared with Vitrine',
  },
} as const;
