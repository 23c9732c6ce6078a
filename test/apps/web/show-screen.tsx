import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactElement } from 'react';
import type { Me } from '../../../apps/web/src/api/types.ts';

/** Shows a screen at an address to somebody of a role. Import it after `openPage` was called. */
export async function showScreen(
  screen: ReactElement,
  at: { readonly path: string; readonly address: string; readonly role: Me['role'] },
): Promise<void> {
  const { MemoryRouter, Route, Routes } = await import('react-router');
  const { MeContext } = await import('../../../apps/web/src/layout/me.ts');
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const email = 'anna@vendor.example';
  const { role } = at;
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <MeContext
          value={{ actor: email, name: 'Anna', email, role, mayControl: false, demo: null }}
        >
          <MemoryRouter initialEntries={[at.address]}>
            <Routes>
              <Route path={at.path} element={screen} />
              <Route path="*" element={<p>Another screen</p>} />
            </Routes>
          </MemoryRouter>
        </MeContext>
      </QueryClientProvider>
    </MantineProvider>,
  );
}
