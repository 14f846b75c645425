/** JSON Schemas of zod shapes. A shape that has a name (`.meta({ id })`) is written once and referred to everywhere else. */
import { z } from 'zod';

export type JsonSchema = Readonly<Record<string, unknown>>;
/** What a caller may send, or what an answer holds. */
export type Side = 'input' | 'output';

const DEFINITIONS = '#/$defs/';
export const SCHEMAS = '#/components/schemas/';

export class Components {
  readonly #named = new Map<string, string>();

  /** Throws where a name stands for two different schemas. */
  schemaOf(shape: z.ZodType, side: Side): JsonSchema {
    const made = z.toJSONSchema(shape, {
      target: 'draft-2020-12',
      io: side,
      unrepresentable: 'any',
      override: shortened,
    });
    const { $defs = {}, ...schema } = made;
    delete schema.$schema;
    for (const [name, definition] of Object.entries($defs)) this.#keep(name, definition);
    return referring(schema);
  }

  /** Every named schema, by name. */
  schemas(): Readonly<Record<string, JsonSchema>> {
    const sorted = [...this.#named].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(sorted.map(([name, text]) => [name, JSON.parse(text) as JsonSchema]));
  }

  #keep(name: string, definition: object): void {
    const text = JSON.stringify(referring(definition));
    const known = this.#named.get(name);
    if (known !== undefined && known !== text)
      throw new Error(`Two shapes are called ${name}, or its two sides differ`);
    this.#named.set(name, text);
  }
}

/** Schemas refer to each other where OpenAPI keeps them. */
function referring(schema: object): JsonSchema {
  const text = JSON.stringify(schema, (key, value: unknown) => {
    if (key === '$ref' && typeof value === 'string') return value.replace(DEFINITIONS, SCHEMAS);
    return value;
  });
  return JSON.parse(text) as JsonSchema;
}

/** Says nothing twice: a format needs no pattern, and every JSON integer is a safe one. */
function shortened({ jsonSchema }: { readonly jsonSchema: Record<string, unknown> }): void {
  if (jsonSchema['format'] !== undefined) delete jsonSchema['pattern'];
  if (jsonSchema['minimum'] === Number.MIN_SAFE_INTEGER) delete jsonSchema['minimum'];
  if (jsonSchema['maximum'] === Number.MAX_SAFE_INTEGER) delete jsonSchema['maximum'];
  delete jsonSchema['id'];
  // TypeScript's readonly; in OpenAPI the word says that nobody may send it.
  delete jsonSchema['readOnly'];
}
