import { Button, type ButtonProps } from '@mantine/core';
import { useRef, type ReactNode } from 'react';
import { ACCEPTED } from './picked.ts';
import { pick } from './uploads.ts';

interface ChooseButtonProps extends ButtonProps {
  readonly from: 'files' | 'folder' | 'camera';
  readonly children: ReactNode;
}

const INPUTS = {
  files: { multiple: true, accept: ACCEPTED },
  folder: { multiple: true, webkitdirectory: '' },
  camera: { accept: 'image/*', capture: 'environment' },
} as const;

/** Opens the system's dialog for files, for a folder, or the camera. */
export function ChooseButton({ from, children, ...looks }: ChooseButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button {...looks} onClick={() => input.current?.click()}>
        {children}
      </Button>
      <input
        {...INPUTS[from]}
        ref={input}
        type="file"
        hidden
        aria-label={typeof children === 'string' ? children : undefined}
        onChange={({ currentTarget }) => {
          pick([...(currentTarget.files ?? [])]);
          // The same file may be chosen again after clearing the list.
          currentTarget.value = '';
        }}
      />
    </>
  );
}
