/** What is shown, as a sentence whose parts can be changed. */
import { Menu, Popover } from '@mantine/core';
import { IconArrowsSort, IconPlus, IconX } from '@tabler/icons-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import {
  KINDS,
  partsOf,
  SORT_NAMES,
  sortOf,
  withoutPart,
  withoutParts,
  withSort,
  type Kind,
  type SortName,
} from './asked.ts';
import classes from './filters.module.css';
import { words } from './words.ts';

const Picker = lazy(() => import('./picker.tsx'));

/** aside: what stands at the end of the line. */
export function Filters({ aside }: { aside: ReactNode }) {
  const [asked, ask] = useSearchParams();
  const parts = partsOf(asked);
  return (
    <div className={classes.line}>
      {parts.length === 0 && <span className={classes.all}>{words.all}</span>}
      {parts.map(({ kind, text }) => (
        <span key={kind} className={classes.chip}>
          {kind === 'q' || kind === 'object' || kind === 'product_group' ? (
            <span className={classes.text}>{text}</span>
          ) : (
            <Part kind={kind} text={text} />
          )}
          <button
            type="button"
            className={classes.remove}
            aria-label={words.remove(text)}
            onClick={() => ask(withoutPart(asked, kind))}
          >
            <IconX size={14} stroke={1.8} aria-hidden />
          </button>
        </span>
      ))}
      <SortChip />
      <AddChip />
      {parts.length > 0 && (
        <button type="button" className={classes.plain} onClick={() => ask(withoutParts(asked))}>
          {words.clear}
        </button>
      )}
      <span className={classes.aside}>{aside}</span>
    </div>
  );
}

/** A part of the sentence; opens what it is chosen from. */
function Part({ kind, text }: { kind: Kind; text: string }) {
  const [opened, setOpened] = useState(false);
  return (
    <Floating opened={opened} onChange={setOpened} kind={kind}>
      <button type="button" className={classes.text} aria-expanded={opened} onClick={() => setOpened(!opened)}>
        {text}
      </button>
    </Floating>
  );
}

interface FloatingProps {
  readonly opened: boolean;
  readonly onChange: (opened: boolean) => void;
  readonly kind: Kind | undefined;
  readonly choices?: ReactNode;
  readonly children: ReactNode;
}

function Floating({ opened, onChange, kind, choices, children }: FloatingProps) {
  return (
    <Popover opened={opened} onChange={onChange} position="bottom-start" width={280} trapFocus returnFocus shadow="md">
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown aria-label={kind && words.kinds[kind]}>
        {kind ? (
          <Suspense fallback={<div className={classes.waiting} />}>
            <Picker kind={kind} onDone={() => onChange(false)} />
          </Suspense>
        ) : (
          choices
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function AddChip() {
  const [opened, setOpened] = useState(false);
  const [kind, setKind] = useState<Kind>();
  const open = (next: boolean) => {
    setOpened(next);
    if (next) setKind(undefined);
  };
  const choices = KINDS.map((one) => (
    <button key={one} type="button" className={classes.choice} onClick={() => setKind(one)}>
      {words.kinds[one]}
    </button>
  ));
  return (
    <Floating opened={opened} onChange={open} kind={kind} choices={choices}>
      <button
        type="button"
        className={classes.plain}
        aria-label={words.add}
        aria-expanded={opened}
        onClick={() => open(!opened)}
      >
        <IconPlus size={16} stroke={1.6} aria-hidden />
        <span className={classes.add}>{words.add}</span>
      </button>
    </Floating>
  );
}

function SortChip() {
  const [asked, ask] = useSearchParams();
  const now = sortOf(asked);
  return (
    <Menu position="bottom-start" width={220}>
      <Menu.Target>
        <button type="button" className={classes.plain} aria-label={`${words.sort}: ${words.sorts[now]}`}>
          <IconArrowsSort size={16} stroke={1.6} aria-hidden />
          {words.sorts[now]}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={now} onChange={(name) => ask(withSort(asked, name as SortName))}>
          {SORT_NAMES.map((name) => (
            <Menu.RadioItem key={name} value={name} closeMenuOnClick>
              {words.sorts[name]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
