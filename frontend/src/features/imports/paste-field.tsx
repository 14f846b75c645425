import { Text, Textarea } from '@mantine/core';
import { MOST_LINKS } from '../../lib/data/imports.ts';
import type { Pasted } from './addresses.ts';
import { words } from './words.ts';

const MOST_NAMED = 5;

interface PasteFieldProps {
  readonly text: string;
  readonly pasted: Pasted;
  readonly onChange: (text: string) => void;
}

/** Addresses, one on each line; counted and checked as they are written. */
export function PasteField({ text, pasted, onChange }: PasteFieldProps) {
  const { urls, wrong, twice } = pasted;
  const told = [words.counted(urls.length), ...(twice > 0 ? [words.twice(twice)] : [])].join(' · ');
  return (
    <div>
      <Textarea
        label={words.paste}
        placeholder={words.pasteHint}
        value={text}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
        error={complaintOf(pasted)}
        rows={8}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        wrap="off"
        inputMode="url"
      />
      {(urls.length > 0 || wrong.length === 0) && (
        <Text size="sm" c="dimmed" mt={4} aria-live="polite">
          {told}
        </Text>
      )}
    </div>
  );
}

function complaintOf({ urls, wrong }: Pasted): string | undefined {
  if (urls.length > MOST_LINKS) return words.tooMany;
  return wrong.length === 0 ? undefined : words.wrong(wrong.length, wrong.slice(0, MOST_NAMED));
}
