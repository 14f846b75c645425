/** Which operations find the product, take a painted mask and move the picture: as the operations themselves tell. */
import { z } from 'zod';
import { GatewayError } from '../../errors.ts';

export interface MaskTools {
  /** The operation that cuts out along a mask. */
  readonly painter: string;
  /** Its parameter that names the mask. */
  readonly mask: string;
  /** Its other parameters: the step whose place it takes may have them as well. */
  readonly carried: ReadonlySet<string>;
  /** Operations whose place it takes, and itself. */
  readonly finders: ReadonlySet<string>;
  /** Operations that change where things are in the picture. */
  readonly moving: ReadonlySet<string>;
  /** The operation that lays a ground; undefined where there is none. */
  readonly backdrop: string | undefined;
}

const Operation = z.looseObject({
  name: z.string(),
  moves: z.boolean(),
  painted_by: z.string().nullable(),
  params: z.looseObject({
    control: z.string().optional(),
    properties: z.record(z.string(), z.looseObject({ control: z.string().optional() })),
  }),
});
type Operation = z.infer<typeof Operation>;

/** items: as the list of operations has them. Throws internal_error where none of them takes a mask. */
export function maskToolsOf(items: readonly unknown[]): MaskTools {
  const operations = z.array(Operation).parse(items);
  const names = (which: (operation: Operation) => boolean): string[] =>
    operations.filter(which).map(({ name }) => name);
  const painter = operations.find((one) => maskOf(one) !== undefined);
  const mask = painter && maskOf(painter);
  if (!painter || mask === undefined)
    throw new GatewayError('internal_error', 'Expected an operation that takes a painted mask, found none');
  return {
    painter: painter.name,
    mask,
    carried: new Set(Object.keys(painter.params.properties).filter((name) => name !== mask)),
    finders: new Set(names(({ name, painted_by }) => name === painter.name || painted_by === painter.name)),
    moving: new Set(names(({ moves }) => moves)),
    backdrop: names(({ params }) => params.control === 'backdrop')[0],
  };
}

const maskOf = ({ params }: Operation): string | undefined =>
  Object.entries(params.properties).find(([, { control }]) => control === 'mask')?.[0];
