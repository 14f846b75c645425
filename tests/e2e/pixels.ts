/** What a picture really shows. Decoded by the browser that is there already. */
import type { Locator, Page } from 'playwright-core';

export interface Shown {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, alpha of the four corners: top left, top right, bottom right, bottom left. */
  readonly corners: readonly (readonly number[])[];
  /** The picture on a grid of 16 × 16 dots, as grey. */
  readonly dots: readonly number[];
}

/** What the bytes of a file show. */
export function shownBy(page: Page, bytes: Uint8Array): Promise<Shown> {
  return page.evaluate(look, Buffer.from(bytes).toString('base64'));
}

/** What an <img> of the page shows now. */
export function shownIn(picture: Locator): Promise<Shown> {
  return picture.evaluate(look);
}

/** How far two pictures are apart: 0 (alike) to 255, the mean over their dots. */
export function distance(a: Shown, b: Shown): number {
  return a.dots.reduce((sum, grey, at) => sum + Math.abs(grey - (b.dots[at] ?? 0)), 0) / a.dots.length;
}

// Runs in the page: nothing of this file is there.
async function look(source: string | Element): Promise<Shown> {
  const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const picture = await createImageBitmap(
    typeof source === 'string' ? new Blob([bytesOf(source)]) : (source as HTMLImageElement),
  );
  const { width, height } = picture;
  const draw = (wide: number, high: number): CanvasRenderingContext2D => {
    const pen = new OffscreenCanvas(wide, high).getContext('2d') as unknown as CanvasRenderingContext2D;
    pen.imageSmoothingQuality = 'high';
    pen.drawImage(picture, 0, 0, wide, high);
    return pen;
  };
  const whole = draw(width, height);
  const places = [
    [0, 0],
    [width - 1, 0],
    [width - 1, height - 1],
    [0, height - 1],
  ] as const;
  const dots = draw(16, 16).getImageData(0, 0, 16, 16).data;
  return {
    width,
    height,
    corners: places.map(([x, y]) => [...whole.getImageData(x, y, 1, 1).data]),
    dots: Array.from({ length: 256 }, (_, at) =>
      Math.round(((dots[at * 4] ?? 0) + (dots[at * 4 + 1] ?? 0) + (dots[at * 4 + 2] ?? 0)) / 3),
    ),
  };
}
