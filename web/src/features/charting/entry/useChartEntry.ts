import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import type { ChartEvent, ChartTerm, NewChartEvent } from '@/api/types';
import type { Numbering } from '@/lib/anatomy/numbering';
import type { Surface } from '@/lib/surfaces';
import type { ToothCode } from '@/lib/teeth';
import { toast } from '@/ui/toast';
import { useRecordAct, useRecordEvent, useUndo } from '../chartQueries';
import type { FavouriteStars } from '../favourites/useFavourites';
import { isEntry, nextToUndo } from '../model/chartHistory';
import { entryWords } from '../model/entryWords';
import {
  type DraftProblem,
  draftEvent,
  layerFor,
  mayBeDoneElsewhere,
  type Palette,
  takesSurfaces,
} from '../model/eventDraft';
import type { Favourite } from '../model/favourites';
import { type QuickEntry, type QuickEntryResult, readQuickEntry } from '../model/quickEntry';
import type { ChartWords } from '../useChartWords';
import type { SelectionMode } from '../useToothNavigation';
import { nextSelection, toggled } from './nextSelection';

export interface EntryProblem {
  kind: DraftProblem | Extract<QuickEntryResult, { ok: false }>['problem'] | 'no_favourite';
  word: string;
}

interface ChartEntryOptions {
  patientId: string;
  visitId: string | undefined;
  events: readonly ChartEvent[];
  terms: readonly ChartTerm[];
  words: ChartWords;
  numbering: Numbering;
  stars: FavouriteStars;
}

const EMPTY: Palette = {
  layer: 'finding',
  code: null,
  material: null,
  severity: null,
  surfaces: [],
  teeth: [],
  note: '',
};

/** The state of the palette and the acts of charting: choose, record, take the last entry back. */
export function useChartEntry(options: ChartEntryOptions) {
  const { patientId, visitId, events, terms, words, numbering, stars } = options;
  const { t } = useTranslation('charting');
  const [palette, setPalette] = useState<Palette>(EMPTY);
  const [elsewhere, setElsewhere] = useState(false);
  const [problem, setProblem] = useState<EntryProblem | null>(null);
  const lexicon = useMemo(() => entryWords(terms), [terms]);
  const record = useRecordEvent(patientId);
  const recordAct = useRecordAct(patientId);
  const undo = useUndo(patientId);

  const termOf = (code: string) => terms.find((candidate) => candidate.code === code);

  const change = useCallback((changes: Partial<Palette>) => {
    setProblem(null);
    setPalette((before) => ({ ...before, ...changes }));
  }, []);

  const chooseCode = (code: string, wanted: string | null = palette.material) => {
    const term = termOf(code);
    if (!term) return;
    const material = term.materials.find((candidate) => candidate === wanted) ?? null;
    // Surfaces that the state is never on would be refused; a state of the whole tooth ignores them.
    const surfaces = takesSurfaces(term)
      ? palette.surfaces.filter((surface) => term.surfaces.includes(surface))
      : palette.surfaces;
    change({ code, layer: layerFor(term, palette.layer), material, surfaces, severity: null });
  };

  const select = useCallback((code: ToothCode, mode: SelectionMode) => {
    setProblem(null);
    setPalette((before) => ({ ...before, teeth: nextSelection(before.teeth, code, mode) }));
  }, []);

  const pickSurface = useCallback((code: ToothCode, surface: Surface) => {
    setProblem(null);
    setPalette((before) =>
      before.teeth.includes(code)
        ? { ...before, surfaces: toggled(before.surfaces, surface) }
        : { ...before, teeth: [code], surfaces: [surface] },
    );
  }, []);

  const takeBack = async (eventId: string) => {
    if (undo.isPending) return;
    try {
      const undone = await undo.mutateAsync({ eventId, visitId });
      const what = undone.items.filter(isEntry).map((event) => sayEvent(event, words));
      toast.done(t('entry.undone', { what: what.join(t('stateSeparator')) }));
    } catch (error) {
      toast.failed(errorMessage(error));
    }
  };

  const send = async (event: NewChartEvent): Promise<boolean> => {
    try {
      const made = await record.mutateAsync({
        ...event,
        ...(visitId ? { visit_id: visitId } : {}),
        ...(elsewhere && mayBeDoneElsewhere(termOf(event.code), event.layer)
          ? { existing_elsewhere: true }
          : {}),
      });
      setElsewhere(false);
      stars.used({ code: event.code, material: event.material ?? null });
      setPalette((before) => ({
        ...before,
        teeth: made.teeth.length ? made.teeth : before.teeth,
        surfaces: [],
        note: '',
      }));
      toast.done(t('entry.recorded', { what: sayEvent(event, words) }), {
        undo: () => void takeBack(made.id),
      });
      return true;
    } catch (error) {
      toast.failed(errorMessage(error));
      return false;
    }
  };

  const recordAll = async (all: readonly NewChartEvent[], what: string) => {
    const visit = visitId ? { visit_id: visitId } : {};
    try {
      const made = await recordAct.mutateAsync({ events: all.map((event) => ({ ...event, ...visit })) });
      const first = made.items[0];
      toast.done(t('entry.recorded', { what }), first ? { undo: () => void takeBack(first.id) } : {});
    } catch (error) {
      toast.failed(errorMessage(error));
    }
  };

  const apply = async (typed?: QuickEntry): Promise<boolean> => {
    const draft = draftEvent(palette, terms, typed);
    if (!draft.ok) {
      setProblem({ kind: draft.problem, word: '' });
      return false;
    }
    setProblem(null);
    if (typed?.code) chooseCode(typed.code, typed.material);
    return send(draft.event);
  };

  /** Recorded at once on what is chosen; where something is missing, chosen and told what. */
  const applyFavourite = ({ code, material }: Favourite, typed?: QuickEntry): Promise<boolean> => {
    chooseCode(code, material);
    const wanted = typed?.material ?? material;
    return apply({ teeth: [], surfaces: [], ...typed, code, ...(wanted ? { material: wanted } : {}) });
  };

  /** A typed line: teeth alone choose them, anything more is recorded. */
  const applyLine = async (line: string): Promise<boolean> => {
    if (line.trim() === '') return apply();
    const read = readQuickEntry(line, lexicon, numbering);
    if (!read.ok) {
      setProblem({ kind: read.problem, word: read.word });
      return false;
    }
    const { teeth, surfaces, code, material, severity, layer, favourite } = read.entry;
    if (favourite !== undefined) {
      const chosen = stars.row[favourite - 1];
      if (chosen && !code) return applyFavourite(chosen, read.entry);
      setProblem({ kind: code ? 'two_states' : 'no_favourite', word: `${favourite}` });
      return false;
    }
    if (teeth.length && !surfaces.length && !code && !material && !severity && !layer) {
      change({ teeth });
      return true;
    }
    return apply(read.entry);
  };

  const last = nextToUndo(events, visitId);
  return {
    palette,
    change,
    chooseCode,
    select,
    pickSurface,
    elsewhere,
    setElsewhere,
    problem,
    apply,
    applyLine,
    applyFavourite,
    clear: () => change({ teeth: [], surfaces: [] }),
    recordAll,
    undoLast: last ? () => void takeBack(last.id) : null,
    /** What undoing would take back. */
    lastWords: last ? sayEvent(last, words) : '',
    busy: record.isPending || recordAct.isPending || undo.isPending,
  };
}

export type ChartEntry = ReturnType<typeof useChartEntry>;

/** More teeth than these are told by their count. */
const NAMED = 8;

type Said = Pick<NewChartEvent, 'code' | 'teeth' | 'unit' | 'surfaces' | 'severity'> & {
  material?: string | null;
};

function sayEvent(event: Said, words: ChartWords): string {
  const teeth = event.teeth ?? event.unit?.map((member) => member.tooth) ?? [];
  const numbers = teeth.length > NAMED ? words.count(teeth.length) : teeth.map(words.label).join(' ');
  return [numbers, words.state(event, teeth[0] ?? '')].filter(Boolean).join(' ');
}
