/** What browsers do on a new page, and a single-page app does not by itself: name the window, tell the name, move the focus. */
import { useEffect, useRef } from 'react';
import { useLocation, useMatches } from 'react-router';
import { setTitle } from '../ui/title.ts';
import classes from './arrival.module.css';

/** A page has said its own name by then, where it has one. */
const SAID_MS = 150;

/** In front of the pages: their own useTitle comes later and wins. */
export function Arrival() {
  const { pathname } = useLocation();
  const name = nameIn(useMatches().map(({ handle }) => handle));
  const told = useRef<HTMLDivElement>(null);
  const before = useRef(pathname);
  useEffect(() => setTitle(name), [name, pathname]);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    focusMain();
    const timer = setTimeout(() => {
      if (told.current) told.current.textContent = document.title;
    }, SAID_MS);
    return () => clearTimeout(timer);
  }, [pathname]);
  return <div ref={told} className={classes.told} role="status" aria-live="polite" />;
}

/** The title of the innermost route that has one. */
export function nameIn(handles: readonly unknown[]): string {
  const titled = handles.findLast(
    (handle): handle is { readonly title: string } =>
      typeof handle === 'object' && handle !== null && 'title' in handle && typeof handle.title === 'string',
  );
  return titled?.title ?? '';
}

/** Unless the page took the focus itself. */
function focusMain(): void {
  const main = document.querySelector('main');
  if (!main || main.contains(document.activeElement)) return;
  if (!main.hasAttribute('tabindex')) main.tabIndex = -1;
  main.focus({ preventScroll: true });
}
