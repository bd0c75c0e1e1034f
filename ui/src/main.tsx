// The web app starts here: theme, queries, router.
import '@mantine/core/styles.css';
import './styles/frame.css';
import './styles/tables.css';
import './styles/forms.css';
import './styles/history.css';
import {MantineProvider} from '@mantine/core';
import {QueryClientProvider} from '@tanstack/react-query';
import {RouterProvider} from '@tanstack/react-router';
import {setNonce} from 'get-nonce';
import {StrictMode} from 'react';
import {createRoot} from 'react-dom/client';
import {createQueries} from './api/queries.ts';
import {styleNonce} from './nonce.ts';
import {createAppRouter} from './routes.tsx';
import {theme} from './theme.ts';

const nonce = styleNonce();
if (nonce) setNonce(nonce); // for the scroll lock of dialogs

const queries = createQueries(() => {
  const to = router.state.location.href;
  void router.navigate({to: '/sign-in', search: {to}});
});
const router = createAppRouter(queries);

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce ?? ''}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
