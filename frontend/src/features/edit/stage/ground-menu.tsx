import { ActionIcon, Button, ColorInput, FileButton, Popover, Stack, Text, Tooltip } from '@mantine/core';
import { IconBackground, IconBan, IconPhoto } from '@tabler/icons-react';
import { useState, type CSSProperties, type ReactNode } from 'react';
import { call } from '../../../lib/api/call.ts';
import { tellProblem } from '../../../ui/toast.ts';
import type { Params } from '../types.ts';
import { groundParams, type Ground } from './ground.ts';
import classes from './ground-menu.module.css';
import stage from './stage.module.css';
import { words } from './words.ts';

interface GroundMenuProps {
  readonly ground: Ground | undefined;
  readonly onChange: (ground: Ground | undefined) => void;
  /** A tool is on the picture. */
  readonly busy: boolean;
  readonly onUse: ((params: Params) => void) | undefined;
  /** The ground is on, and the picture covers all of it. */
  readonly covered: boolean;
}

const PLAIN = ['white', 'black', 'checker', 'blur'] as const;
const LOOKS: Readonly<Record<(typeof PLAIN)[number], CSSProperties>> = {
  white: { background: '#ffffff' },
  black: { background: '#000000' },
  checker: {},
  blur: { background: 'linear-gradient(135deg, #9fb3b0, #c9b79c 55%, #8d8791)' },
};
const FIRST_COLOR = '#c8102e';

/** What the cut-out is looked at on. */
export function GroundMenu(props: GroundMenuProps) {
  const { ground, busy } = props;
  return (
    <Popover position="top-end" width={362} shadow="md" trapFocus withinPortal>
      <Tooltip label={words.ground}>
        <Popover.Target>
          <ActionIcon
            size={40}
            aria-label={words.ground}
            disabled={busy}
            className={stage.press}
            variant={ground ? 'light' : 'subtle'}
            color={ground ? 'glass' : 'gray'}
          >
            <IconBackground size={20} stroke={1.6} />
          </ActionIcon>
        </Popover.Target>
      </Tooltip>
      <Popover.Dropdown maw="calc(100vw - 16px)">
        <Grounds {...props} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Grounds({ ground, onChange, onUse, covered }: GroundMenuProps) {
  const pick = (file: File | null) => file && onChange({ kind: 'image', file, url: URL.createObjectURL(file) });
  return (
    <Stack gap={8}>
      <Text size="sm" c="dimmed">
        {words.groundHelp}
      </Text>
      <div className={classes.choices}>
        <Choice label={words.groundOff} chosen={!ground} onClick={() => onChange(undefined)}>
          <IconBan size={20} stroke={1.6} />
        </Choice>
        {PLAIN.map((kind) => (
          <Choice
            key={kind}
            label={words.grounds[kind]}
            look={LOOKS[kind]}
            checkered={kind === 'checker'}
            chosen={ground?.kind === kind}
            onClick={() => onChange({ kind })}
          />
        ))}
        <Choice
          label={words.grounds.color}
          look={{ background: ground?.kind === 'color' ? ground.color : FIRST_COLOR }}
          chosen={ground?.kind === 'color'}
          onClick={() => ground?.kind !== 'color' && onChange({ kind: 'color', color: FIRST_COLOR })}
        />
        <FileButton accept="image/*" onChange={pick}>
          {({ onClick }) => (
            <Choice label={words.grounds.image} chosen={ground?.kind === 'image'} onClick={onClick}>
              <IconPhoto size={20} stroke={1.6} />
            </Choice>
          )}
        </FileButton>
      </div>
      {ground?.kind === 'color' && (
        <ColorInput
          aria-label={words.grounds.color}
          value={ground.color}
          onChange={(color) => onChange({ kind: 'color', color })}
          popoverProps={{ withinPortal: false }}
        />
      )}
      {covered && (
        <Text size="sm" role="status">
          {words.notCutOut}
        </Text>
      )}
      {onUse && ground && <UseGround ground={ground} onUse={onUse} />}
    </Stack>
  );
}

function UseGround({ ground, onUse }: { ground: Ground; onUse: (params: Params) => void }) {
  const [busy, setBusy] = useState(false);
  const use = async () => {
    setBusy(true);
    const blob = ground.kind === 'image' ? await uploaded(ground.file) : undefined;
    onUse(groundParams(ground, blob));
  };
  return (
    <>
      <Button
        variant="default"
        loading={busy}
        onClick={() =>
          void use()
            .catch(tellProblem)
            .finally(() => setBusy(false))
        }
      >
        {words.useGround}
      </Button>
      {ground.kind === 'image' && (
        <Text size="sm" c="dimmed">
          {words.useGroundImage}
        </Text>
      )}
    </>
  );
}

/** A picture of this device becomes one of the gallery: a recipe can name only those. */
async function uploaded(file: File): Promise<string> {
  const stream = new FormData();
  stream.append('files', file);
  const { items } = await call('post /images', { stream });
  const [item] = items;
  if (!item?.image) throw new Error(item?.problem?.detail ?? words.badMask);
  return item.image.blob;
}

interface ChoiceProps {
  readonly label: string;
  readonly chosen: boolean;
  readonly onClick: () => void;
  readonly look?: CSSProperties;
  readonly checkered?: boolean;
  readonly children?: ReactNode;
}

function Choice({ label, chosen, onClick, look, checkered = false, children }: ChoiceProps) {
  return (
    <Tooltip label={label}>
      <button
        type="button"
        className={`${classes.choice} ${checkered ? 'checkered' : ''}`}
        style={look}
        aria-label={label}
        aria-pressed={chosen}
        onClick={onClick}
      >
        {children}
      </button>
    </Tooltip>
  );
}
