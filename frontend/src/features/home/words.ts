/** What the home page says. */
import { counted, formatNumber } from '../../lib/format.ts';

export const words = {
  name: 'Vitrine',
  headline: 'Product photos, ready to list',
  sentence:
    'Vitrine cuts your product out, sets the light and frames it the way each marketplace asks. For one photo or for thousands.',
  start: 'Get started',
  startFirst: 'Create the administrator’s account',
  signIn: 'Sign in',
  handle: (what: string) => `Before and after: ${what}. Arrow keys move the line.`,
  before: 'Before',
  after: 'After',
  examples: {
    coffee: 'Background to pure white',
    camera: 'Cut out, the rest transparent',
    chelsea: 'Light evened out',
  },
  facts: [
    {
      title: 'Runs on your own machine',
      text: 'Your pictures never leave it. No account elsewhere, no price per picture, no limit.',
    },
    {
      title: 'Explains every pixel',
      text: 'Each result keeps the steps that made it. Change one, take one back, start from the original again.',
    },
    {
      title: 'Knows the marketplaces',
      text: 'Ready-made presets with the rules of each, and a check that tells what a picture still lacks.',
    },
  ],
  docs: 'API reference',
  footer: 'Vitrine is free software. The example photos are in the public domain.',
  hello: (name: string) => `Hello, ${name}`,
  stock: (images: number, albums: number) =>
    albums === 0
      ? counted(images, 'picture', 'pictures')
      : `${counted(images, 'picture', 'pictures')} and ${counted(albums, 'album', 'albums')}`,
  drop: {
    title: 'Add your photos',
    text: 'Choose them, or drop pictures and whole folders anywhere.',
    touch: 'Choose pictures or take a photo.',
    action: 'Upload pictures',
  },
  samples: {
    title: 'No photos at hand?',
    text: 'Try it with some of ours: Vitrine puts them on white while you watch.',
    action: 'Try with sample photos',
    job: 'Sample photos on white',
    running: (done: number, all: number) => `${formatNumber(done)} of ${formatNumber(all)} are done`,
  },
  recent: 'Latest pictures',
  gallery: 'To your gallery',
  working: 'Running work',
  open: (name: string) => `Open ${name}`,
} as const;
