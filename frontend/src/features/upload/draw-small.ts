/** Small pictures of files, two at a time: reading one of many megapixels is work. */
import { Places } from '../../lib/jobs/places.ts';

const SIDE_PX = 88;
/** Rows that only fly by are not drawn. */
const SETTLE_MS = 160;

const places = new Places(2);

/** False where it was no longer wanted, or where this browser cannot read it. */
export async function drawSmall(file: File, canvas: HTMLCanvasElement | null, wanted: AbortSignal): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  if (wanted.aborted || !canvas) return false;
  return places.during(wanted, () => draw(file, canvas)).catch(() => false);
}

/** Rejects with what is HEIC, TIFF, or no picture at all: the row has an icon then, and the gateway says more. */
async function draw(file: File, canvas: HTMLCanvasElement): Promise<boolean> {
  const bitmap = await createImageBitmap(file, { resizeHeight: SIDE_PX, resizeQuality: 'medium' });
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return true;
}
