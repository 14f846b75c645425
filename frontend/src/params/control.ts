/** What every control of a parameter is given. */
import type { ParamSchema } from '../lib/data/catalogue.ts';
import type { How } from './control-of.ts';

export interface ControlProps {
  /** For the one input it has, so that its label belongs to it. */
  readonly id: string;
  /** Of its label: for groups. */
  readonly labelId: string;
  readonly label: string;
  readonly schema: ParamSchema;
  readonly value: unknown;
  readonly onChange: (value: unknown, how: How) => void;
  /** Opens the tool on the picture, where there is one. */
  readonly onPicture?: (() => void) | undefined;
}
