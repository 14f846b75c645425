/** Which tool is laid over the picture: said by the kinds of a step's parameters, never by its name. */
import type { Operation, ParamSchema } from '../../../../lib/data/catalogue.ts';
import { pictureToolOf, type PictureTool } from '../../../../params/control-of.ts';

const controlOf = ({ control, anyOf }: ParamSchema): string | undefined =>
  control ?? anyOf?.find((schema) => schema.control !== undefined)?.control;

/** The parameter of a kind; undefined where there is none. */
export const paramOf = ({ params }: Operation, control: string): string | undefined =>
  Object.entries(params.properties ?? {}).find(([, schema]) => controlOf(schema) === control)?.[0];

export function kindOf(operation: Operation): PictureTool | undefined {
  return pictureToolOf(operation.params) ?? (operation.painted_by ? 'mask' : undefined);
}

/** The operation that takes a mask painted for this one. */
export function painterOf(operation: Operation): string | undefined {
  return operation.painted_by ?? (paramOf(operation, 'mask') === undefined ? undefined : operation.name);
}

/** A number of the step, or what it is when nobody sets it. */
export function numberIn(params: Readonly<Record<string, unknown>>, operation: Operation, name: string): number {
  const value = params[name] ?? operation.params.properties?.[name]?.default;
  return typeof value === 'number' ? value : 0;
}
