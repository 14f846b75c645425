import { Button } from '@mantine/core';
import { IconTrash, IconUsers } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Image } from '../../lib/data/images.ts';
import { formatAgo } from '../../lib/format.ts';
import type { Clash, Field } from './change.ts';
import classes from './image-view.module.css';
import { words } from './words.ts';

const NAMES: Readonly<Record<Field, string>> = {
  title: words.title,
  sku: words.sku,
  product_group: words.productGroup,
  tags: words.tags,
};

/** Both wanted to write on the same: theirs is shown, and mine is not lost. */
export function ClashNotice({ clash, onKeep, onMine }: { clash: Clash; onKeep: () => void; onMine: () => void }) {
  const { theirs, change } = clash;
  const fields = Object.keys(change) as Field[];
  const told = fields.map((field) => {
    const value = [theirs[field]].flat().join(', ');
    return value === '' ? words.conflict.theirsEmpty(NAMES[field]) : words.conflict.theirs(NAMES[field], value);
  });
  return (
    <Notice icon={<IconUsers size={20} stroke={1.6} aria-hidden />} alert>
      <span>
        <b>{words.conflict.title}.</b> {told.join(' ')}
      </span>
      <Button size="compact-md" variant="default" onClick={onKeep}>
        {words.conflict.keep}
      </Button>
      <Button size="compact-md" variant="default" onClick={onMine}>
        {words.conflict.mine}
      </Button>
    </Notice>
  );
}

export const TrashedNotice = ({ image }: { image: Image }) => (
  <Notice icon={<IconTrash size={20} stroke={1.6} aria-hidden />}>
    <span>{words.trashed(formatAgo(image.trashed_at))}</span>
  </Notice>
);

interface LookingNoticeProps {
  readonly name: string;
  readonly use: string;
  readonly onUse: (() => void) | undefined;
  readonly onBack: () => void;
}

/** Something else than what everybody sees is looked at. */
export const LookingNotice = ({ name, use, onUse, onBack }: LookingNoticeProps) => (
  <Notice>
    <span>{words.versions.looking(name)}</span>
    {onUse && (
      <Button size="compact-md" variant="light" onClick={onUse}>
        {use}
      </Button>
    )}
    <Button size="compact-md" variant="subtle" onClick={onBack}>
      {words.versions.lookBack}
    </Button>
  </Notice>
);

function Notice({ icon, alert = false, children }: { icon?: ReactNode; alert?: boolean; children: ReactNode }) {
  return (
    <div className={classes.notice} role={alert ? 'alert' : 'status'}>
      {icon}
      {children}
    </div>
  );
}
