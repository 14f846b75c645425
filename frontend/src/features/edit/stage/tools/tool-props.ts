import type { Tool } from '../../types.ts';
import type { Frame } from '../frames.ts';
import type { Size } from '../view.ts';

export interface ToolProps {
  readonly tool: Tool;
  /** Pixels of the picture below it when that is saved. */
  readonly saved: Size;
  /** The picture below it. */
  readonly frame: Frame;
  /** How large it is on the screen, in CSS pixels. */
  readonly box: Size;
}
