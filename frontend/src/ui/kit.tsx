import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { theme, tokens } from './theme.ts';

/** The component kit with our looks, around everything that is shown. test: no motion, and menus in their place. */
export function Kit({ env = 'default', children }: { env?: 'default' | 'test'; children: ReactNode }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={tokens} defaultColorScheme="auto" env={env}>
      {children}
    </MantineProvider>
  );
}
