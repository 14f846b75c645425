import { IconUpload } from '@tabler/icons-react';
import { useDropzone } from 'react-dropzone';
import { pick } from './uploads.ts';
import classes from './drop-overlay.module.css';
import { words } from './words.ts';

interface DropOverlayProps {
  /** Something is held over the window. */
  readonly shown: boolean;
  /** Files were dropped and are chosen now. */
  readonly onPicked: () => void;
}

/** The whole window takes what is dropped: files, and folders with all below. */
export function DropOverlay({ shown, onPicked }: DropOverlayProps) {
  const { getRootProps, getInputProps } = useDropzone({
    noClick: true,
    noKeyboard: true,
    noPaste: true,
    onDrop: (files, rejected) => {
      pick([...files, ...rejected.map(({ file }) => file)]);
      onPicked();
    },
  });
  return (
    <div {...getRootProps({ className: classes.overlay, role: 'presentation', tabIndex: -1, hidden: !shown })}>
      <input {...getInputProps({ 'aria-hidden': true })} />
      <p>
        <IconUpload size={28} stroke={1.6} aria-hidden />
        {words.drop}
      </p>
    </div>
  );
}
