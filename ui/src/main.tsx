import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '@fontsource-variable/inter/wght.css';
import './shared/tokens.css';
import './shared/base.css';
import './shared/controls.css';
import './shared/screen.css';
import './shared/overlays.css';
import './app/shell.css';
import { App } from './app/App';
import { ErrorBoundary } from './app/ErrorBoundary';
import { NoHost } from './app/NoHost';
import { chooseHost } from './ipc';
import { startKeys } from './shared/keys';
import { startLastInput } from './shared/lastInput';
import { startTheme } from './shared/preferences';
import { startReveal } from './shared/reveal';
import { startTooltips } from './shared/tooltips';
import { startZoom } from './shared/zoom';

// The host is on this machine: answers stay good until something changes, and there is no network to wait for.
const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
      networkMode: 'always',
      refetchOnWindowFocus: false,
    },
    mutations: { networkMode: 'always' },
  },
});

async function start(): Promise<void> {
  startTheme();
  startKeys();
  startLastInput();
  startTooltips();
  startReveal();
  const found = await chooseHost();
  if (found) {
    startZoom();
  }
  const root = document.getElementById('root');
  if (root) {
    createRoot(root).render(
      <StrictMode>
        <ErrorBoundary>
          <QueryClientProvider client={client}>{found ? <App /> : <NoHost />}</QueryClientProvider>
        </ErrorBoundary>
      </StrictMode>,
    );
  }
}

void start();
