import { Button, Input, SegmentedControl, Stack, Switch, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useState } from 'react';
import { words } from '../words.ts';
import type { Chosen, Priority } from './wish.ts';

interface MoreFieldsProps {
  readonly chosen: Chosen;
  readonly onChange: (part: Partial<Chosen>) => void;
}

const LONGEST_NAME = 200;
const PRIORITIES: readonly Priority[] = ['high', 'normal', 'low'];

/** What most people leave as it is. */
export function MoreFields({ chosen, onChange }: MoreFieldsProps) {
  const [open, setOpen] = useState(false);
  const { fresh } = words;
  const Glyph = open ? IconChevronUp : IconChevronDown;
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        aria-expanded={open}
        style={{ alignSelf: 'start' }}
        rightSection={<Glyph size={18} stroke={1.6} aria-hidden />}
        onClick={() => setOpen(!open)}
      >
        {open ? fresh.less : fresh.more}
      </Button>
      {open && (
        <Stack>
          <TextInput
            label={fresh.name}
            description={fresh.nameText}
            maxLength={LONGEST_NAME}
            value={chosen.name}
            onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
          />
          <Input.Wrapper label={fresh.priority} labelElement="div">
            <SegmentedControl
              fullWidth
              mt={6}
              aria-label={fresh.priority}
              value={chosen.priority}
              data={PRIORITIES.map((value) => ({ value, label: fresh.priorities[value] }))}
              onChange={(value) => onChange({ priority: PRIORITIES.find((one) => one === value) ?? 'normal' })}
            />
          </Input.Wrapper>
          <Switch
            label={fresh.current}
            description={fresh.currentText}
            checked={chosen.current}
            onChange={({ currentTarget }) => onChange({ current: currentTarget.checked })}
          />
        </Stack>
      )}
    </>
  );
}
