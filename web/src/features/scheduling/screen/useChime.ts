import { useCallback, useEffect, useState } from 'react';

/** Two falling notes, as a doorbell has them. */
const NOTES = [
  { hertz: 659.26, after: 0 },
  { hertz: 523.25, after: 0.42 },
] as const;
const LOUD = 0.5;
const SECONDS = 1.4;

/** A chime. Browsers allow sound only after a touch, unless the television was set up to allow it. */
export function useChime(): { on: boolean; turnOn(): void; ring(): void } {
  const [context] = useState(() => new AudioContext());
  const [on, setOn] = useState(context.state === 'running');
  useEffect(() => {
    const follow = () => setOn(context.state === 'running');
    context.addEventListener('statechange', follow);
    follow();
    return () => context.removeEventListener('statechange', follow);
  }, [context]);
  const ring = useCallback(() => {
    if (context.state === 'running') for (const note of NOTES) strike(context, note.hertz, note.after);
  }, [context]);
  const turnOn = useCallback(() => {
    void context.resume().then(ring);
  }, [context, ring]);
  return { on, turnOn, ring };
}

/** A note with an overtone, that fades as a bell does. */
function strike(context: AudioContext, hertz: number, after: number): void {
  const start = context.currentTime + after;
  for (const [overtone, share] of [
    [1, 1],
    [2.76, 0.22],
  ] as const) {
    const [tone, loudness] = [context.createOscillator(), context.createGain()];
    tone.frequency.value = hertz * overtone;
    loudness.gain.setValueAtTime(0, start);
    loudness.gain.linearRampToValueAtTime(LOUD * share, start + 0.012);
    loudness.gain.exponentialRampToValueAtTime(0.0001, start + SECONDS / overtone ** 0.5);
    tone.connect(loudness).connect(context.destination);
    tone.start(start);
    tone.stop(start + SECONDS);
  }
}
