import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, type ComponentType } from 'react';
import { RouterProvider } from 'react-router';
import { Kit } from '../ui/kit.tsx';
import { loadToasts } from '../ui/toast.ts';
import { queries } from './queries.ts';
import { router } from './router.tsx';

/** The app goes on without news where they cannot be loaded. */
const Toasts = lazy<ComponentType>(() => loadToasts().catch(() => ({ default: () => null })));

export function App() {
  return (
    <Kit>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
        <Suspense fallback={null}>
          <Toasts />
        </Suspense>
      </QueryClientProvider>
    </Kit>
  );
}
