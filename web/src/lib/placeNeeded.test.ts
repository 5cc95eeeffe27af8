import { expect, it } from 'vitest';
import { placeNeeded } from './placeNeeded';

it('asks for the place that the procedure works on', () => {
  expect(placeNeeded('mouth')).toEqual({ tooth: 'none', surfaces: false });
  expect(placeNeeded('tooth')).toEqual({ tooth: 'required', surfaces: false });
  expect(placeNeeded('unit')).toEqual({ tooth: 'optional', surfaces: false });
  expect(placeNeeded('surface')).toEqual({ tooth: 'required', surfaces: true });
});
