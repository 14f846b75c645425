/** What products say. */
import { counted, formatNumber } from '../../lib/format.ts';

const pictures = (count: number): string => (count === 0 ? 'No pictures' : counted(count, 'picture', 'pictures'));

export const words = {
  title: 'Products',
  pictures,
  groups: {
    title: 'Product groups',
    preset: (name: string) => `Preset of ${name}`,
    none: 'No preset of its own',
    presetHead: 'Its own preset',
    saved: (name: string) => `Batches that go by product group now use this preset for ${name}.`,
    cleared: (name: string) => `${name} has no preset of its own any more.`,
    all: (count: number) => `Show all ${formatNumber(count)} groups`,
    fewer: 'Show fewer groups',
  },
  process: 'Process',
  processWhat: (name: string) => `Process the pictures of ${name}`,
  bySku: 'By SKU',
  search: 'Search by the beginning of the SKU',
  searchHint: 'MUG-',
  group: 'Product group',
  anyGroup: 'Any group',
  list: 'Products by SKU',
  nothing: 'No product with that beginning.',
  nothingIn: 'No product of this group.',
  seeAll: 'Show all products',
  more: 'Show more',
  empty: {
    title: 'Products appear when pictures have a SKU',
    text: 'Write it on the page of a picture, in the column “sku” of a spreadsheet that you upload with them, or as “sku_id” in a list of links.',
    upload: 'Upload pictures',
    gallery: 'To the gallery',
  },
} as const;
