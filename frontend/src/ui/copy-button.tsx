import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { copyText } from '../lib/copy-text.ts';
import { toast } from './toast.ts';
import { words } from './words.ts';

const TOLD_MS = 2000;

/** Copies a text, and says that it did. */
export function CopyButton({ text }: { text: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), TOLD_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    const done = await copyText(text);
    setCopied(done);
    if (!done) toast({ message: words.notCopied, tone: 'bad' });
  };
  const Glyph = copied ? IconCheck : IconCopy;
  return (
    <Button variant="default" leftSection={<Glyph size={18} stroke={1.6} aria-hidden />} onClick={() => void copy()}>
      {copied ? words.copied : words.copy}
    </Button>
  );
}
