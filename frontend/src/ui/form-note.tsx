import { IconAlertTriangle } from '@tabler/icons-react';
import classes from './form-note.module.css';

/** What went wrong with a whole form. */
export function FormNote({ message }: { message: string | undefined }) {
  if (message === undefined) return null;
  return (
    <p role="alert" className={classes.note}>
      <IconAlertTriangle size={18} stroke={1.6} aria-hidden />
      {message}
    </p>
  );
}
