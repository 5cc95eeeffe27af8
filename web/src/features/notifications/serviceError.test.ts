import { expect, test } from 'vitest';
import { serviceError } from './serviceError';

test('plain words stay as they are', () => {
  expect(serviceError('550 no such user')).toEqual({ status: null, words: '550 no such user' });
});

test('of an answer for programs only its sentence is shown', () => {
  expect(serviceError('400 {"error":{"message":"Invalid recipient number","code":131}}')).toEqual({
    status: '400',
    words: 'Invalid recipient number',
  });
  expect(serviceError('HTTP 422: {"errors":[{"field":"to","detail":"is not a mobile"}]}')).toEqual({
    status: '422',
    words: 'is not a mobile',
  });
});

test('an answer without a sentence, or cut in the middle, is only its number', () => {
  expect(serviceError('500 {"ok":false,"code":"E17"}')).toEqual({ status: '500', words: null });
  expect(serviceError('500 {"error":{"mess')).toEqual({ status: '500', words: null });
  expect(serviceError('502 <html><h1>Bad gateway</h1></html>')).toEqual({ status: '502', words: null });
});
