import { useEffect } from 'react';

const NAME = 'Vitrine';

/** What the window is called while the page is shown. Pages with a fixed name have theirs in the router. */
export function useTitle(title: string): void {
  useEffect(() => setTitle(title), [title]);
}

export function setTitle(title: string): void {
  document.title = title === '' || title === NAME ? NAME : `${title} · ${NAME}`;
}
