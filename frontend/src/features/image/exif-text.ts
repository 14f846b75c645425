import { formatNumber } from '../../lib/format.ts';

/** EXIF as photographers write it: 1/250 s, f/2.8, 50 mm. */
export function exifText(key: string, value: string | number | boolean | undefined): string {
  if (typeof value !== 'number') return value === undefined ? '' : String(value);
  if (key === 'exposure_s')
    return value > 0 && value < 0.5 ? `1/${Math.round(1 / value)} s` : `${formatNumber(value)} s`;
  if (key === 'f_number') return `f/${formatNumber(value)}`;
  return key === 'focal_length_mm' ? `${formatNumber(value)} mm` : formatNumber(value);
}
