/** Puts a component on a page as the app does: the kit, and a query cache with what it may ask for. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { Kit } from '../../../frontend/src/ui/kit.tsx';

/** What browsers have and jsdom has not. */
class NoResizes {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

const noMedia = (media: string) => ({
  media,
  matches: false,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
});

Object.assign(globalThis, { ResizeObserver: NoResizes });
Object.assign(window, { matchMedia: noMedia });
Object.assign(Element.prototype, { scrollIntoView: () => undefined });

export function show(ui: ReactNode, known: readonly (readonly [readonly unknown[], unknown])[] = []): void {
  cleanup();
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  for (const [key, data] of known) client.setQueryData(key, data);
  render(
    <Kit env="test">
      <QueryClientProvider client={client}>{ui}</QueryClientProvider>
    </Kit>,
  );
}
