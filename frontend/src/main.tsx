import '@fontsource-variable/inter/index.css';
import './ui/kit-styles.ts';
import './ui/tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { session } from './lib/api/session.ts';

const root = document.getElementById('root');
if (!root) throw new Error('Expected #root in the page');

void session.begin();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
