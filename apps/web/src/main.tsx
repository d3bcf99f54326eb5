import '@mantine/core/styles.css';
import './throughline.css';
import { createTheme, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { router } from './routes.js';

const theme = createTheme({
  primaryColor: 'throughline',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  colors: {
    throughline: ['#e6f6f7', '#cfeaed', '#a0d5da', '#6ebec6', '#48abb5', '#2f9faa', '#1d8f9a', '#0b6b74', '#085c64', '#044c53'],
  },
  fontFamily: 'Inter, "Segoe UI", system-ui, sans-serif',
  defaultRadius: 'md',
  respectReducedMotion: true,
});
const queries = new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 5_000, refetchOnWindowFocus: false } } });

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
