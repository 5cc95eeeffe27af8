import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/notifications/styles.css';
import './fonts.css';
import './tokens.css';
import './base.css';
import './mantine-overrides.css';
import './fields.css';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startI18n } from '@/i18n/i18n';
import { App } from './App';
import { cspNonce } from './csp-nonce';

const root = document.getElementById('root');
const nonce = cspNonce();
if (nonce) setNonce(nonce);

if (root) {
  void startI18n().then(() => {
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    );
  });
}
