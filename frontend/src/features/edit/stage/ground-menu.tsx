import { ActionIcon, Button, ColorInput, FileButton, Popover, Stack, Text, Tooltip } from '@mantine/core';
import { IconBackground, IconCheck } from '@tabler/icons-react';
import { useState, type CSSProperties } from 'react';
import { call } from '../../../lib/api/call.ts';
import { tellProblem } from '../../../ui/toast.ts';
import type { Params } from '../types.ts';
import { groundParams, type Ground } from './ground.ts';
import classes from './ground-menu.module.css';
import { words } from './words.ts';

interface GroundMenuProps {
  readonly ground: Ground | undefined;
  readonly onChange: (ground: Ground | undefined) => void;
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
  const { ground } = props;
  return (
    <Popover position="top-end" width={280} shadow="md" trapFocus withinPortal>
      <Popover.Target>
        <Tooltip label={words.ground}>
          <ActionIcon
            size={40}
            aria-label={words.ground}
            variant={ground ? 'light' : 'subtle'}
            color={ground ? 'glass' : 'gray'}
          >
            <IconBackground size={20} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Grounds {...props} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Grounds({ ground, onChange, onUse, covered }: GroundMenuProps) {
  const pick = (file: File | null) => file && onChange({ kind: 'image', file, url: URL.createObjectURL(file) });
  return (
    <Stack gap={4}>
      <Text fw={600}>{words.ground}</Text>
      <Text size="sm" c="dimmed" mb={4}>
        {words.groundHelp}
      </Text>
      <Choice label={words.groundOff} chosen={!ground} onClick={() => onChange(undefined)} />
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
      <FileButton accept="image/*" onChange={pick}>
        {({ onClick }) => (
          <Choice label={words.grounds.image} chosen={ground?.kind === 'image'} onClick={onClick} />
        )}
      </FileButton>
      <ColorInput
        label={words.grounds.color}
        value={ground?.kind === 'color' ? ground.color : FIRST_COLOR}
        onFocus={() => ground?.kind !== 'color' && onChange({ kind: 'color', color: FIRST_COLOR })}
        onChange={(color) => onChange({ kind: 'color', color })}
        popoverProps={{ withinPortal: false }}
      />
      {covered && (
        <Text size="sm" role="status" mt={4}>
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
        mt={8}
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
}

function Choice({ label, chosen, onClick, look, checkered = false }: ChoiceProps) {
  return (
    <button type="button" className={classes.choice} aria-pressed={chosen} onClick={onClick}>
      <span className={`${classes.look} ${checkered ? 'checkered' : ''}`} style={look} aria-hidden />
      <span>{label}</span>
      {chosen && <IconCheck size={18} stroke={1.6} aria-hidden />}
    </button>
  );
}
