import { UnstyledButton } from '@mantine/core';
import { IconBlur, IconPhoto } from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import { sentenceOf } from '../lib/data/catalogue.ts';
import type { Params } from './control-of.ts';
import classes from './field.module.css';
import { Param, type ParamFormProps } from './param.tsx';
import { words } from './words.ts';

const WHITE = '#ffffff';
const BLACK = '#000000';
const ANY_COLOR = '#dfe7ee';

/** What matters to each kind of ground. */
const OF_KIND: Readonly<Record<string, readonly string[]>> = {
  color: ['color'],
  gradient: ['color', 'color_to'],
  image: ['blob'],
  blur: ['blur_radius_px'],
};

interface Tile {
  readonly name: string;
  readonly values: Params;
  readonly look?: CSSProperties;
}

const textOf = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

/** What lies behind the product: tiles that look like it, and what belongs to the chosen one. */
export function BackdropForm(props: ParamFormProps) {
  const { schema, onChange } = props;
  const properties = schema.properties ?? {};
  const standard = Object.fromEntries(Object.entries(properties).map(([name, own]) => [name, own.default]));
  const values = { ...standard, ...props.values };
  const kind = textOf(values['kind'], 'color');
  const chosen = kind === 'color' ? plainName(textOf(values['color'], WHITE)) : kind;
  const kinds = (properties['kind']?.enum ?? []).map(String);
  const labels: Readonly<Record<string, string>> = words.backdrop;
  return (
    <div className={classes.form}>
      <div
        role="radiogroup"
        aria-label={properties['kind']?.title ?? sentenceOf('kind')}
        className={classes.tiles}
        data-param="kind"
      >
        {tilesOf(kinds, values).map((tile) => (
          <UnstyledButton
            key={tile.name}
            role="radio"
            aria-checked={tile.name === chosen}
            className={classes.tile}
            onClick={() => onChange({ ...values, ...tile.values }, 'final')}
          >
            <Swatch tile={tile} />
            {labels[tile.name] ?? sentenceOf(tile.name)}
          </UnstyledButton>
        ))}
      </div>
      {(OF_KIND[kind] ?? Object.keys(properties).filter((name) => name !== 'kind' && kind !== 'transparent'))
        .filter((name) => name in properties && (kind !== 'color' || chosen === 'color'))
        .map((name) => (
          <Param key={name} {...props} values={values} name={name} />
        ))}
    </div>
  );
}

function plainName(color: string): string {
  if (color === WHITE) return 'white';
  return color === BLACK ? 'black' : 'color';
}

/** White and black are colours that deserve a tile of their own. */
function tilesOf(kinds: readonly string[], values: Params): Tile[] {
  const color = textOf(values['color'], WHITE);
  const other = plainName(color) === 'color' ? color : ANY_COLOR;
  const fade = `linear-gradient(${color}, ${textOf(values['color_to'], color)})`;
  return kinds.flatMap((kind): Tile[] => {
    if (kind === 'gradient') return [{ name: kind, values: { kind }, look: { background: fade } }];
    if (kind !== 'color') return [{ name: kind, values: { kind } }];
    return [
      { name: 'white', values: { kind, color: WHITE }, look: { background: WHITE } },
      { name: 'black', values: { kind, color: BLACK }, look: { background: BLACK } },
      { name: 'color', values: { kind, color: other }, look: { background: other } },
    ];
  });
}

function Swatch({ tile: { name, look } }: { tile: Tile }) {
  return (
    <span className={`${classes.swatch} ${name === 'transparent' ? 'checkered' : ''}`} style={look} aria-hidden>
      {name === 'image' && <IconPhoto size={20} stroke={1.6} />}
      {name === 'blur' && <IconBlur size={20} stroke={1.6} />}
    </span>
  );
}
