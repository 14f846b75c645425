/** How large a picture is shown, told apart from how large it is. */

/** A gallery preview has at most so many pixels in each direction. */
const PREVIEW_PX = 2048;

interface Extent {
  readonly width: number;
  readonly height: number;
}

/** The scale at which each pixel of the picture is one of the screen, where scale 1 shows it fit_px wide. */
export const actualScale = ({ width }: Extent, fit_px: number, screen_ratio: number): number =>
  fit_px > 0 ? width / (fit_px * screen_ratio) : 1;

/** What a double click goes to: actual pixels, or twice as large where fitting shows about that already. */
export const closeScale = (actual: number): number => (actual > 1.05 ? actual : 2);

/** Whether the preview has fewer pixels than the screen shows of it now. */
export function outgrowsPreview({ width, height }: Extent, scale_of_actual: number): boolean {
  const share = PREVIEW_PX / Math.max(width, height);
  return share < 1 && scale_of_actual > share * 1.02;
}
