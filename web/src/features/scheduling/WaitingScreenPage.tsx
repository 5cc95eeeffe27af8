import { IconMaximize, IconPlugConnectedX, IconVolume } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import type { CalledNumber, WaitingRoom } from '@/api/types';
import { Both, useBothWords } from './screen/Both';
import { Clock } from './screen/Clock';
import { callKey, isNews, split } from './screen/calls';
import classes from './screen/screen.module.css';
import { useChime } from './screen/useChime';
import { isWrongSecret, useWaitingRoom } from './screen/useWaitingRoom';
import { useWakeLock } from './screen/useWakeLock';

/** The television of a waiting room: numbers and chairs in both languages, never a name. */
export default function WaitingScreenPage() {
  const { secret } = useParams({ from: '/screen/$secret' });
  const words = useBothWords();
  const room = useWaitingRoom(secret);
  useWakeLock();
  const wrong = isWrongSecret(room.error);
  return (
    <main className={classes.screen}>
      {wrong ? (
        <div className={classes.message} role="alert">
          <h1>
            <Both ar={words.ar('tv.wrongTitle')} en={words.en('tv.wrongTitle')} />
          </h1>
          <p>
            <Both ar={words.ar('tv.wrong')} en={words.en('tv.wrong')} />
          </p>
        </div>
      ) : room.data ? (
        <Room room={room.data} />
      ) : (
        <div className={classes.message}>
          <h1>
            <Both ar={words.ar('tv.connecting')} en={words.en('tv.connecting')} />
          </h1>
        </div>
      )}
      {room.error && !wrong && (
        <p className={classes.lost} role="status">
          <IconPlugConnectedX size="1.2em" aria-hidden />
          <Both ar={words.ar('tv.lost')} en={words.en('tv.lost')} />
        </p>
      )}
    </main>
  );
}

function Room({ room }: { room: WaitingRoom }) {
  const words = useBothWords();
  const chime = useChime();
  const heard = useRef<readonly CalledNumber[] | null>(null);
  const { current, before } = split(room.calls);
  useEffect(() => {
    if (isNews(heard.current, room.calls)) chime.ring();
    heard.current = room.calls;
  }, [room.calls, chime.ring]);
  return (
    <>
      <header className={classes.head}>
        <h1 className={classes.place}>
          <Both ar={room.clinic_name_ar} en={room.clinic_name_en} />
          <Both className={classes.branch} ar={room.branch_name_ar} en={room.branch_name_en} />
        </h1>
        <Clock timeZone={room.time_zone} />
      </header>
      <div className={classes.body} data-alone={before.length === 0 || undefined}>
        <section className={classes.frame} aria-live="assertive">
          {/* The key makes it light up anew with each call. */}
          <div key={callKey(current)} className={classes.now} data-call={current ? '' : undefined}>
            {current ? (
              <>
                <p className={classes.label}>
                  <Both ar={words.ar('tv.calling')} en={words.en('tv.calling')} />
                </p>
                <b className={classes.number}>{current.token}</b>
                <p className={classes.where}>
                  <Where call={current} />
                </p>
              </>
            ) : (
              <p className={classes.label}>
                <Both ar={words.ar('tv.nobody')} en={words.en('tv.nobody')} />
              </p>
            )}
          </div>
        </section>
        {before.length > 0 && (
          <section className={classes.before}>
            <h2 className={classes.beforeTitle}>
              <Both ar={words.ar('tv.before')} en={words.en('tv.before')} />
            </h2>
            <ol className={classes.earlier}>
              {before.map((call) => (
                <li key={callKey(call)}>
                  <b>{call.token}</b>
                  <Where call={call} short />
                </li>
              ))}
            </ol>
          </section>
        )}
      </div>
      <footer className={classes.foot}>
        <p className={classes.waiting}>
          <Both
            ar={words.ar('tv.waiting', { count: room.waiting })}
            en={words.en('tv.waiting', { count: room.waiting })}
          />
        </p>
        {!chime.on && (
          <Press icon={<IconVolume size="1.2em" aria-hidden />} onClick={chime.turnOn}>
            <Both ar={words.ar('tv.soundOn')} en={words.en('tv.soundOn')} />
          </Press>
        )}
        {document.fullscreenEnabled && (
          <Press
            className={classes.fullScreen}
            icon={<IconMaximize size="1.2em" aria-hidden />}
            onClick={() => void document.documentElement.requestFullscreen()}
          >
            <Both ar={words.ar('tv.fullScreen')} en={words.en('tv.fullScreen')} />
          </Press>
        )}
      </footer>
    </>
  );
}

/** The chair, or the reception where the patient was called to none. */
function Where({ call: { chair_ar, chair_en }, short = false }: { call: CalledNumber; short?: boolean }) {
  const words = useBothWords();
  if (chair_ar || chair_en) return <Both ar={chair_ar} en={chair_en} />;
  const desk = short ? 'title' : 'tv.desk';
  return <Both className={classes.desk} ar={words.ar(desk)} en={words.en(desk)} />;
}

interface PressProps {
  icon: ReactNode;
  className?: string | undefined;
  onClick(): void;
  children: ReactNode;
}

function Press({ icon, className = '', onClick, children }: PressProps) {
  return (
    <button type="button" className={`${classes.press} ${className}`} onClick={onClick}>
      {icon}
      {children}
    </button>
  );
}
