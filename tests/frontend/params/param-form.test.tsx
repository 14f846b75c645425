// @vitest-environment jsdom
import { execFileSync } from 'node:child_process';
import { fireEvent, screen, within } from '@testing-library/react';
import axe from 'axe-core';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import type { Operation, ParamSchema } from '../../../frontend/src/lib/data/catalogue.ts';
import { keys } from '../../../frontend/src/lib/data/keys.ts';
import { defaultsOf, innerOf, kindOf, pictureToolOf, type Params } from '../../../frontend/src/params/control-of.ts';
import { ParamForm } from '../../../frontend/src/params/param-form.tsx';
import { words } from '../../../frontend/src/params/words.ts';
import { show } from './show.tsx';

const operations = JSON.parse(
  execFileSync('.venv/bin/vitrine', ['operations', '--json'], { encoding: 'utf8' }),
) as Operation[];

const LABELS = ['label', 'button-name', 'aria-input-field-name', 'aria-toggle-field-name', 'select-name'];
const BLOB = 'a'.repeat(64);
const models = {
  items: [{ id: 'some-net', title: 'Some net', task: 'product-mask', installed: true }],
};

/** One parameter of one operation. */
interface Case {
  readonly operation: Operation;
  readonly name: string;
  readonly schema: ParamSchema;
}

const cases: Case[] = operations.flatMap((operation) =>
  Object.entries(operation.params.properties ?? {}).map(([name, schema]) => ({ operation, name, schema })),
);
const named = cases.map((one) => [`${one.operation.name} ${one.name}`, one] as const);

/** A form that keeps what is set, as a page does. */
function put({ operation }: Pick<Case, 'operation'>, start: Params): { latest: Params; opened: number } {
  const told = { latest: start, opened: 0 };
  function Page() {
    const [values, setValues] = useState<Params>(start);
    const change = (next: Params) => {
      told.latest = next;
      setValues(next);
    };
    return (
      <ParamForm schema={operation.params} values={values} onChange={change} onPicture={() => (told.opened += 1)} />
    );
  }
  show(<Page />, [[keys.catalogue('models'), models]]);
  return told;
}

const placeOf = (name: string): HTMLElement => {
  const place = document.querySelector<HTMLElement>(`[data-param="${name}"]`);
  if (!place) throw new Error(`Expected a place for ${name}`);
  return place;
};

const choose = (place: HTMLElement, option: string): void => {
  fireEvent.click(within(place).getByRole('combobox'));
  fireEvent.click(screen.getByRole('option', { name: option, hidden: true }));
};

const type = (input: HTMLElement, text: string): void => {
  fireEvent.focus(input);
  fireEvent.change(input, { target: { value: text } });
  fireEvent.blur(input);
};

/** Moves the control of a kind to another value, and says which. */
const MOVES: Readonly<Record<string, (place: HTMLElement, one: Case) => unknown>> = {
  slider: moveNumber,
  number: moveNumber,
  segments: (place, { schema }) => {
    const other = otherOf(schema);
    fireEvent.click(within(place).getByDisplayValue(String(other)));
    return other;
  },
  select: (place, { schema }) => {
    const other = otherOf(schema);
    fireEvent.click(within(place).getByRole('combobox'));
    const offered = [...document.querySelectorAll('[role="option"]')];
    const option = offered.find((element) => element.getAttribute('value') === String(other));
    if (!option) throw new Error(`Expected the option ${other}`);
    fireEvent.click(option);
    return other;
  },
  switch: (place, { schema }) => {
    fireEvent.click(within(place).getByRole('switch'));
    return schema.default !== true;
  },
  color: (place) => {
    type(within(place).getByRole('textbox'), '#123456');
    return '#123456';
  },
  aspect: (place) => {
    type(within(place).getByRole('combobox'), '7:5');
    return '7:5';
  },
  text: (place) => {
    type(within(place).getByRole('textbox'), 'ours');
    return 'ours';
  },
  model: (place) => {
    choose(place, 'Some net');
    return 'some-net';
  },
  blob: (place) => {
    fireEvent.click(within(place).getByRole('button', { name: words.picture.none }));
    return null;
  },
  corners: (place) => {
    fireEvent.click(within(place).getByRole('button', { name: words.numbers }));
    type(within(place).getByRole('textbox', { name: 'Top left y' }), '7');
    return [
      [0, 7],
      [100, 0],
      [100, 100],
      [0, 100],
    ];
  },
};

const otherOf = ({ enum: values = [], default: standard }: ParamSchema): string | number => {
  const other = values.find((value) => value !== standard);
  if (other === undefined) throw new Error('Expected more than one choice');
  return other;
};

function moveNumber(place: HTMLElement, { schema }: Case): number {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = schema;
  const low = minimum ?? exclusiveMinimum ?? 0;
  const high = maximum ?? exclusiveMaximum ?? 100;
  const middle = schema.type === 'integer' ? Math.ceil((low + high) / 2) : Number(((low + high) / 2).toFixed(2));
  const value = middle === schema.default ? high : middle;
  type(within(place).getByRole('textbox'), String(value));
  return value;
}

/** Folded away at first: numbers of what is drawn on the picture. */
const unfold = ({ operation }: Case): void => {
  if (operation.params.control === 'box') fireEvent.click(screen.getByRole('button', { name: words.numbers }));
};

const isPlain = ({ operation, schema }: Case): boolean =>
  operation.params.control !== 'backdrop' && !['optional', 'mask', 'fixed'].includes(kindOf(schema));

describe('every parameter of every operation', () => {
  it('is there to be tried', () => {
    expect(operations.length).toBeGreaterThan(30);
    expect(cases.length).toBeGreaterThan(80);
  });

  it('has a control made for its kind', () => {
    expect(cases.filter(({ schema }) => kindOf(schema) === 'json').map(({ name }) => name)).toEqual([]);
  });

  it.each(operations.map((operation) => [operation.name, operation] as const))(
    'has a label for every control: %s',
    async (_, operation) => {
      put({ operation }, defaultsOf(operation.params));
      for (const button of screen.queryAllByRole('button', { name: words.numbers })) fireEvent.click(button);
      const { violations } = await axe.run(document.body, { runOnly: LABELS });
      expect(violations.map(({ help, nodes }) => [help, nodes.map(({ html }) => html)])).toEqual([]);
    },
  );

  it.each(named.filter(([, one]) => isPlain(one)))('can be changed and put back: %s', (_, one) => {
    const { operation, name, schema } = one;
    const kind = kindOf(schema);
    const told = put(one, { ...defaultsOf(operation.params), ...(kind === 'blob' && { [name]: BLOB }) });
    unfold(one);
    const move = MOVES[kind];
    if (!move) throw new Error(`Expected a way to move a ${kind}`);
    const value = move(placeOf(name), one);
    expect(told.latest[name]).toEqual(value);
    if (kind === 'blob') return;
    fireEvent.click(within(placeOf(name)).getByRole('button', { name: /^Reset / }));
    expect(told.latest[name] ?? schema.default).toEqual(schema.default);
  });

  it.each(named.filter(([, { schema }]) => kindOf(schema) === 'optional'))(
    'can be left to Vitrine, or given: %s',
    (_, one) => {
      const told = put(one, defaultsOf(one.operation.params));
      const automatic = within(placeOf(one.name)).getByRole('switch', { name: /automatic/ });
      expect(automatic).toHaveProperty('checked', true);
      fireEvent.click(automatic);
      const given = told.latest[one.name];
      expect(typeof given).toBe(innerOf(one.schema)?.type === 'string' ? 'string' : 'number');
      fireEvent.click(automatic);
      expect(told.latest[one.name]).toBeNull();
    },
  );
});

describe('a mask', () => {
  const withMask = operations.filter(({ params }) =>
    Object.values(params.properties ?? {}).some((schema) => kindOf(schema) === 'mask'),
  );

  it.each(withMask.map((operation) => [operation.name, operation] as const))(
    'is painted on the picture: %s',
    (_, operation) => {
      const told = put({ operation }, defaultsOf(operation.params));
      fireEvent.click(screen.getByRole('button', { name: words.paint }));
      expect(told.opened).toBe(1);
    },
  );

  it('is part of some operation', () => expect(withMask).not.toEqual([]));
});

describe('what is drawn on the picture', () => {
  const drawn = operations.filter(({ params }) => ['box', 'corners'].includes(pictureToolOf(params) ?? ''));

  it.each(drawn.map((operation) => [operation.name, operation] as const))('can be drawn again: %s', (_, operation) => {
    const told = put({ operation }, defaultsOf(operation.params));
    const button = screen.getAllByRole('button').find(({ textContent }) => /^Dra/.test(textContent));
    if (!button) throw new Error('Expected a way to the picture');
    fireEvent.click(button);
    expect(told.opened).toBe(1);
  });

  it('is part of some operations', () => expect(drawn.length).toBeGreaterThan(1));
});

describe('what lies behind the product', () => {
  const backdrop = operations.find(({ params }) => params.control === 'backdrop');
  if (!backdrop) throw new Error('Expected an operation with a backdrop');
  const standard = defaultsOf(backdrop.params);
  const press = (name: string) => fireEvent.click(screen.getByRole('radio', { name }));
  const shown = () =>
    [...document.querySelectorAll('[data-param]')].map((place) => place.getAttribute('data-param')).slice(1);

  it.each([
    [words.backdrop.black, { kind: 'color', color: '#000000' }, []],
    [words.backdrop.color, { kind: 'color' }, ['color']],
    [words.backdrop.transparent, { kind: 'transparent' }, []],
    [words.backdrop.gradient, { kind: 'gradient' }, ['color', 'color_to']],
    [words.backdrop.image, { kind: 'image' }, ['blob']],
    [words.backdrop.blur, { kind: 'blur' }, ['blur_radius_px']],
  ])('can be %s, with what belongs to it', async (name, values, fields) => {
    const told = put({ operation: backdrop }, standard);
    expect(shown()).toEqual([]);
    press(name);
    expect(told.latest).toMatchObject(values);
    await vi.waitFor(() => expect(shown()).toEqual(fields));
    expect(screen.getByRole('radio', { name }).getAttribute('aria-checked')).toBe('true');
    press(words.backdrop.white);
    expect(told.latest).toMatchObject({ kind: 'color', color: '#ffffff' });
  });

  it('has a tile for every kind', () => {
    put({ operation: backdrop }, standard);
    const kinds = backdrop.params.properties?.['kind']?.enum ?? [];
    const labels: Readonly<Record<string, string>> = words.backdrop;
    for (const kind of kinds) expect(screen.getByRole('radio', { name: labels[kind] ?? '' })).toBeDefined();
  });

  it('has a control for each of its parameters', () => {
    const kinds = backdrop.params.properties?.['kind']?.enum ?? [];
    const seen = kinds.flatMap((kind) => {
      put({ operation: backdrop }, { ...standard, kind, color: '#123456' });
      return shown();
    });
    expect(new Set([...seen, 'kind'])).toEqual(new Set(Object.keys(backdrop.params.properties ?? {})));
  });
});
