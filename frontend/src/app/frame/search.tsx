import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useRef, type SubmitEvent } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { useKeys } from '../../ui/keys.tsx';
import { words } from '../words.ts';
import classes from './frame.module.css';

const PLACES_WITH_PICTURES = /^\/(?:gallery|trash|albums\/[^/]+)$/;

/** Looks in what is shown, or in the gallery from other pages. */
export function Search() {
  const input = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [asked] = useSearchParams();
  useKeys(words.pages, [{ keys: '/', does: words.search, run: () => input.current?.focus() }]);
  const search = (event: SubmitEvent) => {
    event.preventDefault();
    const here = PLACES_WITH_PICTURES.test(pathname);
    const next = new URLSearchParams(here ? asked : undefined);
    const text = input.current?.value.trim() ?? '';
    if (text === '') next.delete('q');
    else next.set('q', text);
    void navigate({ pathname: here ? pathname : '/gallery', search: next.toString() });
  };
  return (
    <form role="search" className={classes.search} onSubmit={search}>
      <TextInput
        key={asked.get('q') ?? ''}
        ref={input}
        type="search"
        name="q"
        maxLength={200}
        defaultValue={asked.get('q') ?? ''}
        aria-label={words.search}
        placeholder={words.search}
        leftSection={<IconSearch size={18} stroke={1.6} aria-hidden />}
      />
    </form>
  );
}
