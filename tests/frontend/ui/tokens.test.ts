import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Color = readonly [red: number, green: number, blue: number, alpha: number];
type Tokens = Readonly<Record<string, string>>;

const css = readFileSync(new URL('../../../frontend/src/ui/tokens.css', import.meta.url), 'utf8');
const AA = 4.5;
/** For what is no text: rings, icons, borders of controls. */
const AA_GRAPHICS = 3;

function tokensOf(selector: string): Tokens {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf('}', start));
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): ([^;]+);/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

function colorOf(text = ''): Color {
  const hex = /^#([0-9a-f]{6})$/.exec(text)?.[1];
  if (hex !== undefined) {
    const value = Number.parseInt(hex, 16);
    return [value >> 16, (value >> 8) & 255, value & 255, 1];
  }
  const [red, green, blue, percent] = [...text.matchAll(/[\d.]+/g)].map(Number);
  if (red === undefined || green === undefined || blue === undefined || percent === undefined)
    throw new Error(`Expected a color, received ${text}`);
  return [red, green, blue, percent / 100];
}

const over = ([red, green, blue, alpha]: Color, [r, g, b]: Color): Color => [
  red * alpha + r * (1 - alpha),
  green * alpha + g * (1 - alpha),
  blue * alpha + b * (1 - alpha),
  1,
];

function luminance([red, green, blue]: Color): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2.2 contrast ratio of a color laid on an opaque one. */
function contrast(color: Color, ground: Color): number {
  const [light, dark] = [luminance(over(color, ground)), luminance(ground)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const light = tokensOf(':root');
const themes: readonly (readonly [string, Tokens])[] = [
  ['light', light],
  ['dark', { ...light, ...tokensOf(":root[data-mantine-color-scheme='dark']") }],
];

describe.each(themes)('colours of the %s theme', (_, tokens) => {
  const of = (name: string) => colorOf(tokens[name]);

  it.each(['paper', 'surface', 'sunken'])('can be read as text on %s', (ground) => {
    for (const name of ['ink', 'ink-2', 'accent', 'amber', 'red', 'green'])
      expect(contrast(of(name), of(ground)), `${name} on ${ground}`).toBeGreaterThanOrEqual(AA);
  });

  it('can be read on what is filled with the accent, or tinted with it', () => {
    expect(contrast(of('on-accent'), of('accent'))).toBeGreaterThanOrEqual(AA);
    expect(contrast(of('paper'), of('red'))).toBeGreaterThanOrEqual(AA);
    for (const ground of ['paper', 'surface'])
      expect(contrast(of('accent'), over(of('accent-soft'), of(ground)))).toBeGreaterThanOrEqual(AA);
  });

  it('shows the focus on every ground', () => {
    for (const ground of ['paper', 'surface', 'sunken'])
      expect(contrast(of('accent'), of(ground))).toBeGreaterThanOrEqual(AA_GRAPHICS);
  });
});
