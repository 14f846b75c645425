import { Badge, Group, Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Image } from '../../lib/data/images.ts';
import { formatBytes, formatNumber, formatTime } from '../../lib/format.ts';
import { exifText } from './exif-text.ts';
import classes from './panel.module.css';
import { useFacts, type Facts as FactsData } from './queries.ts';
import { words } from './words.ts';

const told = words.facts;

/** What the original says about itself. */
export function Facts({ image }: { image: Image }) {
  const { data, isPending } = useFacts(image.id);
  return (
    <dl className={classes.facts}>
      <Fact name={told.name}>{image.name}</Fact>
      <Fact name={told.size}>{told.pixels(formatNumber(image.width), formatNumber(image.height))}</Fact>
      <Fact name={told.bytes}>{formatBytes(image.bytes)}</Fact>
      <Fact name={told.format}>{image.format.toUpperCase()}</Fact>
      <Fact name={told.uploaded}>{formatTime(image.uploaded_at)}</Fact>
      {isPending && <Skeleton height={20} />}
      {data && factsOf(data).map(([name, value]) => <Fact key={name} name={name} children={value} />)}
      {image.objects.length > 0 && (
        <Fact name={told.objects}>
          <Group gap="xs">
            {image.objects.map((label) => (
              <Badge key={label} variant="default" tt="none">
                {label}
              </Badge>
            ))}
          </Group>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function factsOf({ color_model, bits_per_channel, has_alpha, icc, jpeg_quality, frames, exif = {} }: FactsData) {
  const depth = bits_per_channel === undefined ? '' : told.depth(formatNumber(bits_per_channel));
  const colors = [color_model ?? '', depth, has_alpha === true ? told.alpha : ''].filter((part) => part !== '');
  const facts: [name: string, value: string][] = [
    [told.colors, colors.join(', ')],
    [told.profile, icc ?? ''],
    [told.jpegQuality, jpeg_quality == null ? '' : formatNumber(jpeg_quality)],
    [told.frames, frames === undefined || frames < 2 ? '' : formatNumber(frames)],
    ...Object.entries(told.exif).map(([key, name]): [string, string] => [name, exifText(key, exif[key])]),
  ];
  return facts.filter(([, value]) => value !== '');
}
