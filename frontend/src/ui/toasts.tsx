/** How toasts look and where they stand. Loaded once the page is there. */
import '@mantine/notifications/styles.layer.css';
import { Notifications, notifications } from '@mantine/notifications';
import { tellProblem, type Toast } from './toast.ts';
import classes from './toasts.module.css';
import { UndoLine } from './undo-line.tsx';
import { words } from './words.ts';

const SHOWN_MS = 6000;
const UNDO_MS = 10_000;
const MOST_AT_ONCE = 4;

export default function Toasts() {
  return <Notifications position="bottom-center" limit={MOST_AT_ONCE} classNames={{ root: classes.toasts ?? '' }} />;
}

let shown = 0;

export function showToast({ message, tone = 'plain', undo, undoLabel = words.undo }: Toast): void {
  shown += 1;
  const id = `toast-${shown}`;
  const back = async (): Promise<void> => {
    notifications.hide(id);
    await Promise.resolve(undo?.()).catch(tellProblem);
  };
  notifications.show({
    id,
    message: undo ? <UndoLine message={message} label={undoLabel} onUndo={() => void back()} /> : message,
    color: tone === 'bad' ? 'red' : 'glass',
    autoClose: undo ? UNDO_MS : SHOWN_MS,
    role: tone === 'bad' ? 'alert' : 'status',
    closeButtonProps: { 'aria-label': words.close },
  });
}
