/** Which part of the mouth a procedure of this scope has to name, or may, before it can be recorded or planned. */
export function placeNeeded(scope: 'mouth' | 'arch' | 'quadrant' | 'tooth' | 'surface' | 'unit'): {
  tooth: 'required' | 'optional' | 'none';
  surfaces: boolean;
} {
  if (scope === 'tooth' || scope === 'surface') return { tooth: 'required', surfaces: scope === 'surface' };
  return { tooth: scope === 'unit' ? 'optional' : 'none', surfaces: false };
}
