import { memo } from 'react';
import type { ArchRow } from '@/lib/anatomy/archLayout';
import { crownPath } from '@/lib/anatomy/crownPath';
import { path } from '@/lib/anatomy/pathText';
import { type ToothShape, toothShape } from '@/lib/anatomy/proportions';
import type { ToothCode } from '@/lib/teeth';
import { NaturalCrown, NaturalRoots } from '@/ui/teeth/ToothAnatomy';
import { BitingView } from './BitingView';
import { ChangeDisc } from './compare/ChangeSign';
import type { ChangeKind } from './model/chartDiff';
import type { ToothPicture } from './model/toothPicture';
import css from './odontogram.module.css';
import { Appliance } from './overlays/Appliance';
import { Calculus } from './overlays/Calculus';
import { CrownHatch } from './overlays/CrownHatch';
import { Enamel } from './overlays/Enamel';
import { ExtractionStrokes } from './overlays/ExtractionStrokes';
import { ExtraTeeth } from './overlays/ExtraTeeth';
import { FacialMarks } from './overlays/FacialMark';
import { Fracture } from './overlays/Fracture';
import { Implant } from './overlays/Implant';
import { LayerSigns } from './overlays/LayerSigns';
import { MissingCross } from './overlays/MissingCross';
import { Moved, movedTo } from './overlays/Moved';
import { NoteMark } from './overlays/NoteMark';
import { PeriapicalLesion } from './overlays/PeriapicalLesion';
import { CanalFault, PostAndCore, RootCanal } from './overlays/RootCanal';
import { Apicectomy, Furcation, Resorption } from './overlays/RootMarks';
import { RootRemnant } from './overlays/RootRemnant';
import { ToothNotes } from './overlays/ToothNotes';
import { Veneer } from './overlays/Veneer';

export interface ToothProps {
  code: ToothCode;
  x: number;
  columnWidth: number;
  row: ArchRow;
  picture: ToothPicture;
  label: string;
  number: string;
  secondNumber: string;
  selected: boolean;
  /** The one tooth that the Tab key reaches. */
  reachable: boolean;
  /** Nothing recorded and not usually in the mouth at this age. */
  faint: boolean;
  /** How it differs from another day. */
  mark: ChangeKind | undefined;
  picked: string;
}

/** One tooth: anatomy, what lies over it, its biting view and its number. */
export const Tooth = memo(function Tooth(props: ToothProps) {
  const { code, x, columnWidth, row, picture } = props;
  const shape = toothShape(code);
  const upper = row.arch === 'upper';
  const turn = path`translate(${x} ${row.neckY}) scale(${shape.side === 'right' ? 1 : -1} ${upper ? 1 : -1})`;
  const absent = picture.presence === 'missing' && !picture.implant && !picture.crown;
  return (
    <g
      className={css.tooth}
      role="option"
      aria-selected={props.selected}
      aria-label={props.label}
      tabIndex={props.reachable ? 0 : -1}
      data-tooth={code}
      data-mark={props.mark}
    >
      <rect
        className={css.hit}
        x={x - columnWidth / 2 + 0.15}
        y={row.top}
        width={columnWidth - 0.3}
        height={row.bottom - row.top}
        rx="1.2"
      />
      <g transform={turn} className={props.faint ? css.faint : undefined}>
        <ToothBody shape={shape} picture={picture} />
        <ExtraTeeth shape={shape} extra={picture.extra} />
      </g>
      <g
        transform={path`translate(${x} ${row.cellY})`}
        className={absent ? css.absent : props.faint ? css.faint : undefined}
      >
        <BitingView code={code} picture={picture} picked={props.picked} />
      </g>
      <text className={row.primary ? `${css.number} ${css.primaryNumber}` : css.number} x={x} y={row.numberY}>
        {props.number}
      </text>
      <text className={css.secondNumber} x={x} y={row.secondNumberY}>
        {props.secondNumber}
      </text>
      <ToothNotes picture={picture} x={picture.notes.length > 0 ? x + 1.2 : x} y={row.noteY} />
      <NoteMark notes={picture.notes} x={x - columnWidth / 2 + 1.35} y={row.noteY - 0.65} />
      <LayerSigns picture={picture} x={x} y={upper ? row.bottom - 0.4 : row.top + 0.4} />
      {props.mark && (
        <g transform={path`translate(${x + columnWidth / 2 - 1.6} ${upper ? row.bottom : row.top})`}>
          <ChangeDisc kind={props.mark} />
        </g>
      )}
    </g>
  );
});

function ToothBody({ shape, picture }: { shape: ToothShape; picture: ToothPicture }) {
  const { presence, crown, implant, extraction } = picture;
  const outline = crownPath(shape);
  // A pontic or an implant fills the gap: the lost root is left out, the crown is drawn in full.
  const gone = presence === 'missing' && !crown && !implant;
  // An implant that is only planned does not yet take the place of a tooth that is there.
  const rooted = gone || (presence !== 'missing' && (!implant || implant.paint === 'plan'));
  return (
    <>
      <g
        className={gone ? css.absent : presence === 'unerupted' ? css.unerupted : undefined}
        transform={position(shape, presence) ?? movedTo(shape, picture.moved)}
      >
        {rooted && <NaturalRoots code={shape.code} />}
        {implant && <Implant shape={shape} paint={implant.paint} />}
        {picture.lesion && <PeriapicalLesion shape={shape} paint={picture.lesion.paint} />}
        {picture.canals && rooted && <RootCanal shape={shape} mark={picture.canals} />}
        {rooted && <RootMarks shape={shape} picture={picture} />}
        {presence === 'remnant' && <RootRemnant shape={shape} />}
        {presence !== 'remnant' && (rooted || crown) && (
          <CrownWithMarks shape={shape} picture={picture} outline={outline} />
        )}
      </g>
      {picture.moved && !gone && <Moved shape={shape} mark={picture.moved} />}
      {gone && <MissingCross shape={shape} paint={picture.presencePaint} />}
      {extraction && <ExtractionStrokes shape={shape} paint={extraction.paint} />}
    </>
  );
}

function RootMarks({ shape, picture }: { shape: ToothShape; picture: ToothPicture }) {
  const { canalFault, apicectomy, resorption, furcation } = picture;
  return (
    <>
      {canalFault && <CanalFault shape={shape} mark={canalFault} />}
      {apicectomy && <Apicectomy shape={shape} mark={apicectomy} />}
      {resorption && <Resorption shape={shape} mark={resorption} />}
      {furcation && <Furcation shape={shape} mark={furcation} />}
    </>
  );
}

function CrownWithMarks({
  shape,
  picture,
  outline,
}: {
  shape: ToothShape;
  picture: ToothPicture;
  outline: string;
}) {
  const { crown, veneer, post, fracture, calculus, enamel, appliance } = picture;
  return (
    <>
      <NaturalCrown code={shape.code} />
      {enamel && !crown && <Enamel shape={shape} outline={outline} mark={enamel} />}
      {post && <PostAndCore shape={shape} paint={post.paint} />}
      {crown && <CrownHatch outline={outline} paint={crown.paint} />}
      {veneer && <Veneer outline={outline} paint={veneer.paint} />}
      {!crown && <FacialMarks shape={shape} surfaces={picture.surfaces} />}
      {appliance && <Appliance shape={shape} mark={appliance} />}
      {calculus && <Calculus shape={shape} paint={calculus.paint} />}
      {fracture && <Fracture shape={shape} paint={fracture.paint} />}
    </>
  );
}

/** From the neck to the numbers. */
const ROOM = { permanent: 17.4, primary: 12.8 };

/** An unerupted tooth sits back in the bone, its root not yet as long; an impacted one lies against its neighbour. */
function position(shape: ToothShape, presence: ToothPicture['presence']): string | undefined {
  if (presence === 'unerupted') {
    const back = shape.crownHeight * 0.55;
    const room = ROOM[shape.primary ? 'primary' : 'permanent'] - back;
    return path`translate(0 ${-back}) scale(${Math.min(1, room / shape.rootLength)})`;
  }
  if (presence === 'impacted') return path`rotate(38) translate(0 ${-shape.crownHeight * 0.28})`;
  return undefined;
}
