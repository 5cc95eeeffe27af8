import { expect, test } from 'vitest';
import { deviceOf } from './deviceName';

test('a session is named by its browser and system', () => {
  const edge =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0';
  expect(deviceOf(edge)).toEqual({ browser: 'Edge', system: 'Windows' });
  const phone =
    'Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36';
  expect(deviceOf(phone)).toEqual({ browser: 'Chrome', system: 'Android' });
});

test('what cannot be told is not guessed', () => {
  expect(deviceOf('curl/8.5')).toBeNull();
  expect(deviceOf(null)).toBeNull();
});
