/** Recipes for remove.bg's parameters. Pure: from the wish, the picture's size and the product's box to steps. */
import { invalid, type Length, type RemoveBgWish } from './remove-bg-wish.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Size {
  readonly left: number;
  readonly top: number;
}

interface Step {
  readonly operation: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

export interface Recipe {
  readonly steps: readonly Step[];
  readonly output: Readonly<Record<string, unknown>>;
}

const MOST_PAD_PX = 10_000;
const MOST_MARGIN_PX = 500;
const MOST_MARGIN_SHARE = 0.5;
/** Of the longer side. */
const SHADOW_SHARE = 0.02;
const QUALITY = 95;

/** Finds the product, and nothing more: asked first, to learn where it is. What it is encoded as, nobody looks at. */
export const findingRecipe = (wish: RemoveBgWish, size: Size): Recipe => ({
  steps: finding(wish, size),
  output: { format: 'jpeg', quality: 40, pure_white: false, metadata: 'none' },
});

/** box: of the product in the picture. ground: the blob of a picture to lie behind. */
export function removeBgRecipe(wish: RemoveBgWish, size: Size, box: Box, ground: string | undefined): Recipe {
  const placed = wish.crop ? cropped(wish, size, box) : moved(wish, size, box);
  const capped = cap(placed.size, wish.max_pixels);
  const resized = capped === placed.size ? [] : [resize(capped)];
  return {
    steps: [
      ...finding(wish, size),
      ...placed.steps,
      ...resized,
      ...(wish.shadow ? [shadow(capped)] : []),
      ...(isPlain(wish) ? [] : behind(wish, ground)),
    ],
    output: { format: outputOf(wish, ground), quality: QUALITY },
  };
}

/** Whether the ground stays out of it: those who put it together themselves lay their own. */
const isPlain = ({ channels, format }: RemoveBgWish): boolean => channels === 'alpha' || format === 'zip';

function behind({ color }: RemoveBgWish, ground: string | undefined): Step[] {
  if (ground !== undefined) return [{ operation: 'background', params: { kind: 'image', blob: ground } }];
  return color === undefined ? [] : [{ operation: 'background', params: { kind: 'color', color } }];
}

function outputOf({ format, color }: RemoveBgWish, ground: string | undefined): string {
  if (format === 'jpg' || format === 'zip') return 'jpeg';
  if (format !== 'auto') return format;
  return color === undefined && ground === undefined ? 'png' : 'jpeg';
}

function finding({ roi }: RemoveBgWish, size: Size): Step[] {
  const cut = { operation: 'remove-background' };
  if (!roi) return [cut];
  const [left, top, right, bottom] = roi.map((length, at) =>
    Math.min(Math.round(px(length, at % 2 === 0 ? size.width : size.height)), at % 2 === 0 ? size.width : size.height),
  ) as [number, number, number, number];
  if (right <= left || bottom <= top) {
    throw invalid('invalid_roi', 'Expected roi as left, top, right and bottom of a part of the picture');
  }
  const part = { left, top, width: right - left, height: bottom - top };
  if (part.width === size.width && part.height === size.height) return [cut];
  return [crop(part), cut, ...pad(top, size.width - right, size.height - bottom, left)];
}

interface Placed {
  readonly steps: Step[];
  readonly size: Size;
}

/** The product with its margins; those that lie outside the picture are added. */
function cropped({ crop_margin }: RemoveBgWish, size: Size, box: Box): Placed {
  const [top, right, bottom, left] = crop_margin.map((length, at) =>
    margin(length, at % 2 === 0 ? box.height : box.width),
  ) as [number, number, number, number];
  const outer = {
    left: box.left - left,
    top: box.top - top,
    right: rightOf(box) + right,
    bottom: bottomOf(box) + bottom,
  };
  const from = { left: Math.max(0, outer.left), top: Math.max(0, outer.top) };
  const to = { right: Math.min(size.width, outer.right), bottom: Math.min(size.height, outer.bottom) };
  const inner = { ...from, width: to.right - from.left, height: to.bottom - from.top };
  const margins = pad(from.top - outer.top, outer.right - to.right, outer.bottom - to.bottom, from.left - outer.left);
  return {
    steps: [crop(inner), ...margins],
    size: { width: outer.right - outer.left, height: outer.bottom - outer.top },
  };
}

function margin(length: Length, side: number): number {
  const asked = px(length, side);
  return Math.round(length.unit === '%' ? Math.min(asked, side * MOST_MARGIN_SHARE) : Math.min(asked, MOST_MARGIN_PX));
}

/** The product on a canvas of the picture's size, scaled and elsewhere. */
function moved({ scale, position }: RemoveBgWish, size: Size, box: Box): Placed {
  if (scale === undefined && position === undefined) return { steps: [], size };
  const factor = scale === undefined ? 1 : scale * Math.min(size.width / box.width, size.height / box.height);
  const width = Math.min(size.width, Math.max(1, Math.round(box.width * factor)));
  const height = Math.min(size.height, Math.max(1, Math.round(box.height * factor)));
  const free = { across: size.width - width, down: size.height - height };
  const [across, down] = position ?? [
    within(box.left + (box.width - width) / 2, free.across),
    within(box.top + (box.height - height) / 2, free.down),
  ];
  const left = Math.round(free.across * across);
  const top = Math.round(free.down * down);
  const sized = factor === 1 ? [] : [resize({ width, height })];
  return { steps: [crop(box), ...sized, ...pad(top, free.across - left, free.down - top, left)], size };
}

/** As a share of the room there is. */
const within = (start: number, free: number): number => (free === 0 ? 0 : Math.min(Math.max(start / free, 0), 1));

function cap(size: Size, max_pixels: number | undefined): Size {
  const factor = max_pixels === undefined ? 1 : Math.sqrt(max_pixels / (size.width * size.height));
  if (factor >= 1) return size;
  return { width: Math.max(1, Math.floor(size.width * factor)), height: Math.max(1, Math.floor(size.height * factor)) };
}

const px = ({ value, unit }: Length, whole: number): number => (unit === '%' ? (value / 100) * whole : value);
const rightOf = ({ left, width }: Box): number => left + width;
const bottomOf = ({ top, height }: Box): number => top + height;

const crop = ({ left, top, width, height }: Box): Step => ({
  operation: 'crop',
  params: { unit: 'px', x: left, y: top, width, height },
});

const resize = ({ width, height }: Size): Step => ({
  operation: 'resize',
  params: { width, height, fit: 'fill', enlarge: true },
});

const shadow = ({ width, height }: Size): Step => {
  const softness_px = Math.min(Math.max(Math.round(Math.max(width, height) * SHADOW_SHARE), 2), 200);
  return { operation: 'shadow', params: { kind: 'contact', softness_px } };
};

/** A step adds so much and no more: several where that is not enough. */
function pad(top: number, right: number, bottom: number, left: number): Step[] {
  const steps: Step[] = [];
  for (let rest = { top, right, bottom, left }; Object.values(rest).some((length) => length > 0);) {
    const part = eachSide(rest, (length) => Math.min(length, MOST_PAD_PX));
    steps.push({ operation: 'pad', params: part });
    rest = eachSide(rest, (length) => Math.max(0, length - MOST_PAD_PX));
  }
  return steps;
}

type Sides = Readonly<Record<'top' | 'right' | 'bottom' | 'left', number>>;

const eachSide = ({ top, right, bottom, left }: Sides, change: (length: number) => number): Sides => ({
  top: change(top),
  right: change(right),
  bottom: change(bottom),
  left: change(left),
});
